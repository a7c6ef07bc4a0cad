"""The figures there are, by chapter. Each has an address, and is exported from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tickets.statistics import coming, delays, endings, moments, opinions, own, volumes
from tickets.statistics.facts import added
from tickets.statistics.figures import Column, Kind, share


@dataclass(frozen=True)
class Chapter:
    """One page of figures: `makers` make them from the facts, by slug; `keys` gives the numbers on top."""

    slug: str
    label: Any
    makers: dict[str, Callable]
    keys: Callable[[Any], list[tuple[Any, str]]] = lambda facts: []


def _activity_keys(facts):
    filed, answered, ended = (added(counts) for counts in (facts.filed, facts.resolved, facts.ended))
    return [
        *(
            (label, _said(number))
            for label, number in (
                (_("demandes déposées"), filed),
                (_("demandes traitées"), answered),
                (_("demandes terminées"), ended),
            )
        ),
        (_("traitées pour 100 déposées"), _said(share(answered, filed) and round(share(answered, filed)))),
    ]


def _delay_keys(facts):
    return [
        (_("première réaction, médiane"), _said(facts.reaction.median, Kind.DURATION)),
        (_("première réaction, 9e décile"), _said(facts.reaction.ninth, Kind.DURATION)),
        (_("résolution, médiane"), _said(facts.resolution.median, Kind.DURATION)),
        (_("résolution, 9e décile"), _said(facts.resolution.ninth, Kind.DURATION)),
    ]


def _said(value, kind=Kind.NUMBER):
    return Column("", kind).words(value)


CHAPTERS = (
    Chapter(
        "",
        _("Activité"),
        {
            "volumes": volumes.volumes,
            "repartition": volumes.parts,
            "croisement": volumes.crossed,
            "etats": volumes.statuses,
            "evitees": volumes.spared,
            "reponses": volumes.answers_that_spare,
        },
        _activity_keys,
    ),
    Chapter(
        "delais",
        _("Délais"),
        {
            "reaction": delays.reaction,
            "resolution": delays.resolution,
            "distribution": delays.distribution,
            "reaction-repartition": delays.reaction_parts,
            "resolution-repartition": delays.resolution_parts,
            "plus-longues": delays.longest,
            "plus-anciennes": delays.oldest,
        },
        _delay_keys,
    ),
    Chapter(
        "horaires",
        _("Jours et heures"),
        {
            "heures": moments.by_hour,
            "jours": moments.by_weekday,
            "grille-depots": moments.filed_grid,
            "grille-reactions": moments.reacted_grid,
            "grille-reponses": moments.answered_grid,
        },
    ),
    Chapter(
        "issues",
        _("Issues"),
        {
            "issues": endings.outcomes,
            "approbations": endings.approvals,
            "approbations-repartition": endings.approval_shares,
            "reouvertures": endings.reopenings,
            "satisfaction": opinions.satisfaction,
            "satisfaction-repartition": opinions.satisfaction_parts,
            "temps-passe": opinions.time_spent,
        },
    ),
    Chapter("a-venir", _("À venir"), {"a-venir": coming.coming, "silences-passes": coming.overdue}),
    Chapter("mes-chiffres", _("Mes chiffres"), {"mes-chiffres": own.own}),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}
MAKERS = {slug: maker for chapter in CHAPTERS for slug, maker in chapter.makers.items()}
