"""Cases read from JSON of the shape of `deadlines.json`, and what is wrong with them, in words.

An event is given as an instant with its offset (`received_at`) or as a day of Paris (`received_on`).
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teledemande.paris import paris_day
from tickets.clock import facts
from tickets.clock.facts import Case, ImpossibleCaseError, Notice

LARGEST_MEGABYTES: Final = 20
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_LONGEST_ID: Final = 200
_MOST_PROBLEMS: Final = 20
_EVENTS: Final = ("received", "first_received", "are_sent", "completed")
_EVENT_KEYS: Final = frozenset(f"{event}_{end}" for event in _EVENTS for end in ("at", "on"))
_KEYS: Final = _EVENT_KEYS | {
    *("id", "rule", "months", "start_event", "notices", "place", "recourse", "expect", "note"),
}
_FILE_KEYS: Final = frozenset({"cases", "note"})
_NOTICE_KEYS: Final = frozenset({"sent_on", "deadline_on", "produced_on"})
_VALUES: Final = {
    "rule": facts.RULES,
    "start_event": facts.START_EVENTS,
    "place": facts.PLACES,
    "recourse": facts.RECOURSES,
}


class BadCasesError(ValueError):
    """What was given is no list of cases; `problems` says why, a sentence each."""

    def __init__(self, problems: Iterable[str]):
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class _KeyError(ValueError):
    """One key of a case is wrong: `words` says why."""

    def __init__(self, key: str, words: str):
        super().__init__(f"{key}: {words}")
        self.key = key
        self.words = words


def read_cases(content: bytes) -> dict[str, Case]:
    """Return the cases of a file, by their `id`, in its order. Raises BadCasesError, case by case."""
    cases: dict[str, Case] = {}
    names: set[str] = set()
    problems: list[str] = []
    for rank, given in enumerate(_listed(_parsed(content)), start=1):
        name = _("n° %(rank)d") % {"rank": rank}
        try:
            name = _id_of(given)
            _check_new(name, names)
            cases[name] = _case_of(given)
        except _KeyError as error:
            problems.append(
                _("Cas « %(case)s », clé « %(key)s » : %(words)s")
                % {"case": name, "key": error.key, "words": error.words}
            )
    if problems:
        raise BadCasesError(_first(problems))
    return cases


def _first(problems: list[str]) -> list[str]:
    more = len(problems) - _MOST_PROBLEMS
    if more <= 0:
        return problems
    words = ngettext(
        "Et %(count)d autre cas est à corriger.", "Et %(count)d autres cas sont à corriger.", more
    )
    return [*problems[:_MOST_PROBLEMS], words % {"count": more}]


# --- the file ------------------------------------------------------------------------------------------
def _parsed(content: bytes) -> Any:
    if len(content) > LARGEST_MEGABYTES * 1_000_000:
        raise BadCasesError([_("Le fichier dépasse %(size)d Mo.") % {"size": LARGEST_MEGABYTES}])
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise BadCasesError([_("Le fichier n’est pas un texte en UTF-8.")]) from error
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        words = _("Le fichier n’est pas du JSON : ligne %(line)d, colonne %(column)d.") % where
        raise BadCasesError([words]) from error
    except RecursionError as error:
        raise BadCasesError([_("Le fichier est trop imbriqué pour une liste de cas.")]) from error
    except ValueError as error:  # a number of thousands of digits
        raise BadCasesError([_("Le fichier contient un nombre trop long.")]) from error


class _Twice(dict[str, Any]):
    """An object of the file in which a key was written twice."""

    twice: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of the file; one that says a thing twice is kept with the key."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts = Counter(key for key, _value in pairs)
    doubled = _Twice(found)
    doubled.twice = counts.most_common(1)[0][0]
    return doubled


def _listed(whole: Any) -> list[Any]:
    """Return the cases of a list, or of an object with `cases` and, at most, a `note`."""
    if isinstance(whole, dict):
        try:
            _check_keys(whole, _FILE_KEYS)
        except _KeyError as error:
            words = _("Clé « %(key)s » : %(words)s") % {"key": error.key, "words": error.words}
            raise BadCasesError([words]) from error
        whole = whole.get("cases")
    if not isinstance(whole, list):
        words = _("Le fichier n’est ni une liste de cas, ni un objet dont « cases » en est une.")
        raise BadCasesError([words])
    return whole


# --- one case ------------------------------------------------------------------------------------------
def _id_of(given: Any) -> str:
    _check_object(given, "id")
    name = given.get("id")
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_ID or not name.isprintable():
        raise _KeyError("id", _("attendu : un texte de %(most)d caractères au plus.") % {"most": _LONGEST_ID})
    return name


def _check_new(name: str, names: set[str]) -> None:
    if name in names:
        raise _KeyError("id", _("déjà prise par un autre cas."))
    names.add(name)


def _case_of(given: dict[str, Any]) -> Case:
    _check_keys(given, _KEYS)
    days = {f"{event}_on": _event_of(given, event) for event in _EVENTS}
    if days["received_on"] is None:
        raise _KeyError("received_at", _("absente."))
    keys = {key: _key_of(given, key) for key in _VALUES if key == "rule" or given.get(key) is not None}
    try:
        return Case(months=_months_of(given), notices=_notices_of(given), **days, **keys)  # type: ignore[arg-type]
    except ImpossibleCaseError as error:
        raise _impossible(error, given) from error


def _key_of(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    if value not in _VALUES[key]:
        choices = ", ".join(_VALUES[key])
        raise _KeyError(
            key, _("« %(value)s » ; attendu : %(choices)s.") % {"value": _shown(value), "choices": choices}
        )
    return str(value)


def _months_of(given: dict[str, Any]) -> int | None:
    months = given.get("months")
    if months is not None and (isinstance(months, bool) or not isinstance(months, int)):
        raise _KeyError("months", _months_words())
    return months


def _months_words() -> str:
    return _("attendu : un nombre entier de 1 à %(most)d.") % {"most": facts.LONGEST_MONTHS}


def _event_of(given: dict[str, Any], event: str) -> date | None:
    """Return the day of Paris of an event, given as an instant or as a day."""
    instant, day = given.get(f"{event}_at"), given.get(f"{event}_on")
    if instant is not None and day is not None:
        raise _KeyError(f"{event}_on", _("« %(key)s » dit déjà ce jour.") % {"key": f"{event}_at"})
    return _day_of(f"{event}_on", day) if instant is None else _instant_of(f"{event}_at", instant)


def _instant_of(key: str, value: Any) -> date:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _KeyError(key, _instant_words(value)) from error
    if instant.tzinfo is None:
        raise _KeyError(key, _instant_words(value))
    _check_year(key, instant)
    return paris_day(instant)


def _instant_words(value: Any) -> str:
    return _("« %(value)s » ; attendu : un instant avec son décalage, comme 2026-02-02T09:00:00+01:00.") % {
        "value": _shown(value)
    }


def _day_of(key: str, value: Any) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        words = _("« %(value)s » ; attendu : un jour qui existe, comme 2026-02-02.")
        raise _KeyError(key, words % {"value": _shown(value)}) from error
    _check_year(key, day)
    return day


def _check_year(key: str, moment: date) -> None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise _KeyError(key, _("attendu : une année de %(first)d à %(last)d.") % bounds)


# --- its notices -----------------------------------------------------------------------------------------
def _notices_of(given: dict[str, Any]) -> tuple[Notice, ...]:
    notices = given.get("notices")
    if notices is None:
        return ()
    if not isinstance(notices, list):
        raise _KeyError("notices", _("attendu : une liste."))
    return tuple(_notice_of(f"notices[{rank}]", notice) for rank, notice in enumerate(notices))


def _notice_of(key: str, given: Any) -> Notice:
    _check_object(given, key)
    _check_keys(given, _NOTICE_KEYS, f"{key}.")
    days = {name: _day_of(f"{key}.{name}", given.get(name)) for name in _NOTICE_KEYS}
    sent_on = days["sent_on"]
    if sent_on is None:
        raise _KeyError(f"{key}.sent_on", _("absente."))
    deadline_on = days["deadline_on"] or facts.default_deadline(sent_on)
    try:
        return Notice(sent_on, deadline_on, days["produced_on"])
    except ImpossibleCaseError as error:
        raise _KeyError(f"{key}.{error.key}", _order_words(error, error.other)) from error


# --- what is wrong -----------------------------------------------------------------------------------------
def _check_object(given: Any, key: str) -> None:
    if not isinstance(given, dict):
        raise _KeyError(key, _("« %(value)s » n’est pas un objet.") % {"value": _shown(given)})


def _check_keys(given: dict[str, Any], known: frozenset[str], before: str = "") -> None:
    if isinstance(given, _Twice):
        raise _KeyError(before + _shown(given.twice), _("écrite deux fois."))
    if unknown := sorted(given.keys() - known):
        words = _("inconnue ; attendu : %(keys)s.") % {"keys": ", ".join(sorted(known))}
        raise _KeyError(before + _shown(unknown[0]), words)


def _impossible(error: ImpossibleCaseError, given: dict[str, Any]) -> _KeyError:
    key, other = _as_written(error.key, given), _as_written(error.other, given)
    if error.reason in ("before", "after"):
        return _KeyError(key, _order_words(error, other))
    if error.reason == "missing":
        return _KeyError(key, _("absente : ce régime du silence a un délai en mois."))
    return _KeyError(key, _months_words())


def _order_words(error: ImpossibleCaseError, other: str) -> str:
    if error.reason == "before":
        return _("ce jour précède « %(other)s ».") % {"other": other}
    return _("ce jour suit « %(other)s ».") % {"other": other}


def _as_written(key: str, given: dict[str, Any]) -> str:
    """Return the key of the file for that of the clock: an event may have been given as an instant."""
    instant = f"{key.removesuffix('_on')}_at"
    return instant if given.get(instant) is not None else key


def _shown(value: Any) -> str:
    """Return what was read, short and on one line."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    text = value if isinstance(value, str) else json.dumps(value)
    plain = "".join(sign if sign.isprintable() else "?" for sign in text[:61])
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
