"""Every legal date of a case in words, with the article it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from categories.delays import months_after
from teledemande.french_dates import day_words, weekday_words
from tickets.clock import facts
from tickets.clock.deadlines import Deadlines, appeal_months
from tickets.clock.facts import Case, Notice
from tickets.clock.working_days import is_holiday, is_worked

_SATURDAY: Final = 5
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One date of a case: its key, its name, the day (None when there is none) and where it comes from."""

    key: str
    label: str
    day: date | None
    words: str


def lines_of(case: Case, found: Deadlines) -> list[Line]:
    """Return the five dates of `case` with their reasons, in the language of the page."""
    silence = found.silence
    return [
        Line(
            "registration_due_on",
            _("Accusé d’enregistrement, au plus tard"),
            found.registration_due_on,
            _registration(case, found),
        ),
        Line(
            "acknowledgement_due_on",
            _("Accusé de réception, au plus tard"),
            found.acknowledgement_due_on,
            _joined(_acknowledgement(case, found)),
        ),
        Line("last_day", _("Dernier jour pour répondre"), silence.last_day, _joined(_silence(case, found))),
        Line("implicit_from", _("Décision implicite"), silence.implicit_from, _implicit(case, found)),
        Line(
            "appeal_last_day",
            _("Recours, au plus tard"),
            found.appeal_last_day,
            _joined(_appeal(case, found)),
        ),
    ]


def explanation_of(lines: list[Line]) -> str:
    """Return the reasons of all the dates, one after the other."""
    return _joined(iter([line.words for line in lines]))


def _joined(sentences: Iterator[str]) -> str:
    return " ".join(sentences)


# --- receipts ----------------------------------------------------------------------------------------------
def _registration(case: Case, found: Deadlines) -> str:
    return _(
        "Accusé d’enregistrement au plus tard le %(day)s : un jour ouvré après la réception, le "
        "%(received)s, qui ne compte pas (CRPA, R112-11-2)."
    ) % {"day": weekday_words(found.registration_due_on), "received": weekday_words(case.received_on)}


def _acknowledgement(case: Case, found: Deadlines) -> Iterator[str]:
    due_on = found.acknowledgement_due_on
    yield _(
        "Accusé de réception au plus tard le %(day)s : dix jours ouvrés après la réception par "
        "l’administration compétente (CRPA, R112-11-1)."
    ) % {"day": weekday_words(due_on)}
    holidays = [
        day for day in _between(case.received_on, due_on) if is_holiday(day) and day.weekday() < _SATURDAY
    ]
    if holidays:
        yield _("Ne sont pas ouvrés, car fériés : %(days)s (code du travail, L3133-1).") % {
            "days": ", ".join(map(weekday_words, holidays))
        }


def _between(first: date, last: date) -> Iterator[date]:
    """Give the days after `first`, to `last`."""
    for number in range(1, (last - first).days + 1):
        yield first + timedelta(days=number)


# --- silence -----------------------------------------------------------------------------------------------
def _silence(case: Case, found: Deadlines) -> Iterator[str]:
    silence = found.silence
    if case.rule == facts.NO_RULE or case.months is None:
        yield _("Le silence ne vaut pas décision : aucun délai ne court.")
        return
    if silence.base_on is None:
        yield _(
            "Le délai part de l’envoi de l’accusé de réception, dont le jour n’est pas donné : "
            "aucune date ne court."
        )
        return
    yield _start(case, silence.base_on)
    if silence.counted:
        yield from _restart(found) if case.restarts else _suspension(found)
    if silence.starts_on is not None and silence.last_day is not None:
        yield from _months(case.months, silence.starts_on, silence.suspended_days, silence.last_day)
    for notice in silence.ignored:
        yield _(
            "La demande de pièces du %(day)s, postérieure au dernier jour, est sans effet : "
            "la décision existe déjà."
        ) % {"day": day_words(notice.sent_on)}


def _start(case: Case, base_on: date) -> str:
    return _start_sentence(case) % {"day": weekday_words(base_on)}


def _start_sentence(case: Case) -> str:
    if case.start_event == facts.ARE_SENT:
        return _("Le délai part de l’envoi de l’accusé de réception, le %(day)s.")
    if case.start_event == facts.COMPLETE_FILE:
        if case.completed_on is None and case.notices:
            return _("Le délai part de la réception du dossier complet ; il est reçu incomplet le %(day)s.")
        return _("Le délai part de la réception du dossier complet, le %(day)s.")
    if case.first_received_on is None:
        return _("Le délai part de la réception, le %(day)s.")
    if case.rule == facts.ACCEPTANCE:
        return _("Le délai part de la réception par l’administration compétente, le %(day)s (CRPA, L114-3).")
    return _(
        "Le délai part de la réception par l’administration saisie en premier, le %(day)s (CRPA, L114-3)."
    )


def _months(months: int, starts_on: date, suspended_days: int, last_day: date) -> Iterator[str]:
    unmoved = months_after(starts_on, months)
    yield ngettext(
        "%(months)d mois de date à date mène au %(day)s.",
        "%(months)d mois de date à date mènent au %(day)s.",
        months,
    ) % {"months": months, "day": weekday_words(unmoved)}
    if unmoved.day != starts_on.day:
        yield _("Ce mois n’a pas de %(number)d : c’est son dernier jour.") % {"number": starts_on.day}
    if suspended_days:
        yield ngettext(
            "Avec %(count)d jour de suspension, le dernier jour est le %(day)s.",
            "Avec %(count)d jours de suspension, le dernier jour est le %(day)s.",
            suspended_days,
        ) % {"count": suspended_days, "day": weekday_words(last_day)}
    if not is_worked(last_day):
        yield _("Ce jour n’est pas ouvré, mais il n’est pas déplacé : ce délai s’impose à l’administration.")


# --- missing items -----------------------------------------------------------------------------------------
def _suspension(found: Deadlines) -> Iterator[str]:
    silence = found.silence
    yield ngettext(
        "%(count)d jour de suspension (CRPA, L114-5) : %(notices)s.",
        "%(count)d jours de suspension (CRPA, L114-5) : %(notices)s.",
        silence.suspended_days,
    ) % {
        "count": silence.suspended_days,
        "notices": " ; ".join(_suspending(notice) for notice in silence.counted),
    }
    if len(silence.suspended) < len(silence.counted):
        yield _("Un jour commun à plusieurs demandes de pièces ne compte qu’une fois.")


def _suspending(notice: Notice) -> str:
    return _suspending_sentence(notice) % _days_of(notice)


def _suspending_sentence(notice: Notice) -> str:
    if notice.produced_on is None:
        return _("pièces demandées le %(sent)s, attendues jusqu’au %(deadline)s, non reçues")
    if notice.produced_on > notice.deadline_on:
        return _(
            "pièces demandées le %(sent)s, attendues jusqu’au %(deadline)s, reçues trop tard, le %(produced)s"
        )
    return _("pièces demandées le %(sent)s, reçues le %(produced)s")


def _restart(found: Deadlines) -> Iterator[str]:
    silence = found.silence
    for notice in silence.counted:
        yield _restarting(notice)
    if silence.starts_on is None:
        yield _("Tant qu’il en manque, aucune date ne court (CRPA, L114-5).")
    elif silence.starts_on != silence.base_on:
        yield _("Le délai repart de la réception des dernières, le %(day)s (CRPA, L114-5).") % {
            "day": weekday_words(silence.starts_on)
        }


def _restarting(notice: Notice) -> str:
    if notice.produced_on is None:
        return _("Pièces demandées le %(sent)s, non reçues.") % _days_of(notice)
    return _("Pièces demandées le %(sent)s, reçues le %(produced)s.") % _days_of(notice)


def _days_of(notice: Notice) -> dict[str, str]:
    return {
        "sent": day_words(notice.sent_on),
        "deadline": day_words(notice.deadline_on),
        "produced": "" if notice.produced_on is None else day_words(notice.produced_on),
    }


# --- decision and appeal -----------------------------------------------------------------------------------
def _implicit(case: Case, found: Deadlines) -> str:
    from_on = found.silence.implicit_from
    if from_on is None:
        return _("Aucune décision implicite ne peut naître.")
    if case.rule == facts.ACCEPTANCE:
        sentence = _("Sans réponse, la demande est acceptée le %(day)s à 0 h (CRPA, L231-1).")
    else:
        sentence = _("Sans réponse, la demande est rejetée le %(day)s à 0 h (CRPA, L231-4).")
    return sentence % {"day": weekday_words(from_on)}


def _appeal(case: Case, found: Deadlines) -> Iterator[str]:
    silence, until = found.silence, found.appeal_last_day
    if silence.last_day is None:
        yield _("Sans décision, pas de délai de recours.")
    elif until is None:
        yield _("Il n’y a pas de refus à contester ; une attestation peut être demandée (CRPA, L232-3).")
    else:
        yield _way(case, until)
        yield from _distance(case)
        unmoved = months_after(silence.last_day, appeal_months(case.place, case.recourse)) + _A_DAY
        if unmoved != until:
            yield _("Le %(day)s n’est pas ouvré : le délai court jusqu’au jour ouvré suivant.") % {
                "day": weekday_words(unmoved)
            }


def _way(case: Case, until: date) -> str:
    if case.recourse == facts.CADA:
        sentence = _(
            "La Commission d’accès aux documents administratifs (CADA) est à saisir d’abord, jusqu’au "
            "%(day)s : deux mois après le dernier jour du silence (CRPA, R311-12 et R343-1)."
        )
    else:
        sentence = _(
            "Recours devant le tribunal administratif jusqu’au %(day)s : deux mois francs après le dernier "
            "jour du silence (code de justice administrative, R421-1, R421-2 et R421-5)."
        )
    return sentence % {"day": weekday_words(until)}


def _distance(case: Case) -> Iterator[str]:
    if case.recourse == facts.CADA or case.place == facts.METROPOLITAN:
        return
    if case.place == facts.OVERSEAS:
        yield _("Un mois de plus pour une personne qui demeure outre-mer (R421-7).")
    else:
        yield _("Deux mois de plus pour une personne qui demeure à l’étranger (R421-7).")
