"""What a member of staff keeps of her list: named views, what she has seen, how it is shown.

None of it is a change of a request: no event is written, nobody is told.
"""

from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.lifecycle.holding import USUAL_SECONDS
from tickets.models import ListDisplay, ReadMark, SavedView, Ticket

MOST_VIEWS: Final = 30


class ViewRefusedError(Exception):
    """A view that may not be kept. `str(error)` is the sentence shown."""

    sentence = _("Cette vue ne peut pas être enregistrée.")

    def __str__(self) -> str:
        return str(self.sentence)


class NameTakenError(ViewRefusedError):
    """She has a view of that name already."""

    sentence = _("Vous avez déjà une vue de ce nom : choisissez-en un autre.")


class TooManyViewsError(ViewRefusedError):
    """She keeps as many views as a menu can show."""

    sentence = _("Vous avez déjà beaucoup de vues : supprimez-en une d’abord.")


def save_view(owner: User, *, name: str, query: str, is_shared: bool) -> SavedView:
    """Keep the list of that `query` under `name`, and return the view.

    `query` is what stands in the address of the list. Raises NameTakenError, TooManyViewsError.
    """
    if SavedView.objects.filter(owner=owner).count() >= MOST_VIEWS:
        raise TooManyViewsError
    return _saved(SavedView(owner=owner, name=name, query=query, is_shared=is_shared))


def change_view(view: SavedView, *, name: str, is_shared: bool) -> SavedView:
    """Give `view` another name, share it or not any more. Raises NameTakenError."""
    view.name, view.is_shared = name, is_shared
    return _saved(view, update_fields=["name", "is_shared"])


def _saved(view: SavedView, update_fields: list[str] | None = None) -> SavedView:
    try:
        with transaction.atomic():
            view.save(update_fields=update_fields)
    except IntegrityError as error:
        raise NameTakenError from error
    return view


def delete_view(view: SavedView) -> None:
    """Forget `view`; requests are untouched."""
    view.delete()


def mark_seen(person: User, ticket: Ticket) -> None:
    """Remember that `person` has seen `ticket` as it was loaded, up to its last event then.

    What arrived since the page was read stays unread; an older page shown late takes nothing back.
    """
    mark = ReadMark.objects.filter(person=person, ticket=ticket).first()
    if mark is not None and mark.sequence >= ticket.event_count:
        return
    # Two tabs may open at once: the second one updates what the first one wrote.
    ReadMark.objects.bulk_create(
        [ReadMark(person=person, ticket=ticket, sequence=ticket.event_count)],
        update_conflicts=True,
        unique_fields=["person", "ticket"],
        update_fields=["sequence"],
    )


def keep_display(
    person: User, *, columns: list[str], has_shortcuts: bool, take_back_seconds: int = USUAL_SECONDS
) -> None:
    """Remember how `person` wants her list shown, and how long her answers wait before they leave."""
    kept = {"columns": columns, "has_shortcuts": has_shortcuts, "take_back_seconds": take_back_seconds}
    ListDisplay.objects.update_or_create(person=person, defaults=kept)


def reset_display(person: User) -> None:
    """Show the list of `person` as everybody's again."""
    ListDisplay.objects.filter(person=person).delete()
