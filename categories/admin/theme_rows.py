"""The lines of the list of themes: place, state, and what remains to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from categories.models import Category
from categories.publication import ASKS_FOR_A_DECISION, missing_mentions
from teledemande.french_dates import day_words


@dataclass(frozen=True)
class ThemeRow:
    """One line. `missing` names the mentions its receipt would lack."""

    theme: Category
    state: str
    needs_validation: bool
    is_overdue: bool
    missing: list[Any] = field(default_factory=list)
    sheet_url: str = ""
    form_url: str = ""


def theme_rows(themes: Sequence[Category]) -> list[ThemeRow]:
    """Return one line for each of `themes`, read with service, `alias_of` and `redirect_to`. No query."""
    today = timezone.localdate()
    return [theme_row(theme, today) for theme in themes]


def theme_row(theme: Category, today: date) -> ThemeRow:
    """Return the line of `theme` on the day `today`."""
    return ThemeRow(
        theme=theme,
        state=state_of(theme, today),
        needs_validation=needs_validation(theme),
        is_overdue=theme.next_review_on is not None and theme.next_review_on <= today,
        missing=[str(mention.name) for mention in missing_mentions(theme)],
        sheet_url=theme.get_absolute_url() if theme.has_a_sheet else "",
        form_url=form_url(theme),
    )


def needs_validation(theme: Category) -> bool:
    """Whether the legal department has not validated the regime of a theme that has one."""
    return theme.is_leaf and theme.is_sve and theme.kind in ASKS_FOR_A_DECISION and not theme.silence_verified


def state_of(theme: Category, today: date) -> str:
    """Return the state of `theme` in words: published, draft, closed, leading elsewhere …"""
    if theme.alias_of is not None:
        return _("seconde place de « %(theme)s »") % {"theme": theme.alias_of.name}
    if theme.redirect_to is not None:
        return _("renvoyé vers « %(theme)s »") % {"theme": theme.redirect_to.name}
    if not theme.is_published:
        return _("brouillon")
    if theme.opens_on and theme.opens_later(today):
        return _("ouvrira le %(day)s") % {"day": day_words(theme.opens_on)}
    if theme.closes_on and theme.has_closed(today):
        return _("fermé depuis le %(day)s") % {"day": day_words(theme.closes_on)}
    return _("publié")


def form_url(theme: Category) -> str:
    """Return the address of the form editor of `theme`, or nothing where there is none."""
    if not theme.is_leaf:
        return ""
    try:
        return reverse("admin:theme_form", args=[theme.pk])
    except NoReverseMatch:
        return ""


def counters(rows: list[ThemeRow]) -> dict[str, int]:
    """Return how many themes wait for something, of whom."""
    return {
        "to_validate": sum(row.needs_validation for row in rows),
        "to_review": sum(row.is_overdue for row in rows),
        "incomplete": sum(bool(row.missing) for row in rows),
        "drafts": sum(row.theme.is_leaf and not row.theme.is_published for row in rows),
    }
