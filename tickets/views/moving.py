"""Serve one move: its page, its form, its refusals. Requester's pages and the staff's admin share it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tickets import typing_keys
from tickets.forms.asked import SEVERAL, TYPED
from tickets.forms.moves import MoveForm
from tickets.lifecycle.moves import Transition
from tickets.lifecycle.permissions import Standing, standing_of
from tickets.lifecycle.refusals import MoveRefusedError, WrongStatusError
from tickets.models import Draft, Ticket, TicketEvent
from tickets.services.drafts import keep_draft
from tickets.services.given import Given
from tickets.services.moving import apply_transition
from tickets.views.typing import (
    draft_named,
    kept,
    only_files,
    posted_key,
    posted_values,
    take_files,
    tell_refusals,
    with_draft,
)

FILE = "fichier"  # in addresses: the file to withdraw
SEEN = "seen"  # the hidden field of staff's forms: how many events she had read


@dataclass
class MovePage:
    """Where a move is served: the request, the move, the template, and where to go once done."""

    request: HttpRequest
    ticket: Ticket
    move: Transition
    template: str
    done_url: str
    context: dict[str, Any] = field(default_factory=dict)

    def serve(self) -> HttpResponse:
        """Answer GET with the move's page and POST with the move itself."""
        if self.request.method == "POST":
            return self._posted()
        draft = draft_named(self.request, ticket=self.ticket, move=self.move.name)
        form = self._form(initial=draft.values if draft else self.initial(), draft=draft)
        return self._show(form, draft, draft.key if draft else typing_keys.new_key())

    def initial(self) -> dict[str, Any]:
        """Return what the fields hold when nothing was typed yet: the file whose button was pressed."""
        return {"file": self.request.GET[FILE]} if FILE in self.request.GET else {}

    def supplier(self) -> User | None:
        """Return the reader where she may supply required items: on the requester's pages."""
        return None

    def given(self, form: MoveForm | None, key: UUID) -> Given:
        """Return what the form gives to the service; the form is None where one click is enough."""
        return form.given(key) if form else Given(key=key)

    def compose(self, draft: Draft) -> bool:
        """Whether the button pressed added words to the draft, which is shown again instead of sent."""
        return False

    def doubt(self, form: MoveForm) -> str:
        """Return the sentence that asks again about the words of a valid form, or nothing."""
        return ""

    def more_context(self, draft: Draft | None, standing: Standing) -> dict[str, Any]:
        """Return what the page of one kind of reader adds; `draft` holds what she typed before."""
        return {}

    def _form(self, *args, draft, **options):
        options |= {"person": self.request.user, "supplier": self.supplier()}
        return MoveForm(*args, move=self.move, ticket=self.ticket, draft=draft, **options)

    def _posted(self):
        key = posted_key(self.request)
        if not self.move.needs_page():
            return self._apply(None, self.given(None, key), None, key)
        if TicketEvent.objects.filter(key=key, ticket=self.ticket).exists():
            return self._done()
        draft = kept(key, self._put)
        key, refusals = draft.key, take_files(self.request, draft)
        if only_files(self.request):
            tell_refusals(self.request, refusals)
            return redirect(with_draft(self.request.path, key))
        if self.compose(draft):
            return redirect(f"{with_draft(self.request.path, key)}#id_message")
        form = self._form(self.request.POST, draft=draft)
        for refusal in refusals:
            form.add_error("files", refusal)
        if not form.is_valid():
            return self._show(form, draft, key)
        if doubt := self.doubt(form):
            form.add_error("message", doubt)
            return self._show(form, draft, key)
        return self._apply(form, self.given(form, key), draft, key)

    def _put(self, key):
        return keep_posted(self.request, self.request.user, key, self.ticket, self.move)

    def _apply(self, form, given, draft, key):
        try:
            apply_transition(self.ticket.pk, self.move.name, actor=self.request.user, given=given)
        except MoveRefusedError as refusal:
            if form is None:
                messages.error(self.request, str(refusal))
                return redirect(self.done_url)
            return self._refused(form, draft, key, refusal)
        return self._done()

    def _refused(self, form, draft, key, refusal):
        # What she typed stays in the form and in her draft; the page shows what happened meanwhile.
        form.add_error(None, str(refusal))
        self.ticket.refresh_from_db()
        if isinstance(refusal, WrongStatusError):
            form.add_error(None, _("Votre texte est conservé ci-dessous : vous pouvez l’envoyer autrement."))
        return self._show(form, draft, key)

    def _done(self):
        messages.success(self.request, self.move.done)
        return redirect(self.done_url)

    def _show(self, form, draft, key):
        standing = standing_of(self.request.user, self.ticket)
        is_allowed = self.move.who(standing)
        context = {
            "ticket": self.ticket,
            "move": self.move,
            "form": form,
            "files": list(draft.files.all()) if draft else [],
            "key": typing_keys.sign(key, self.request.user),
            "is_allowed": is_allowed,
            "is_possible": not is_allowed or self.move.is_offered(self.ticket, standing, timezone.now()),
            "back_url": self.done_url,
            **self.context,
            **self.more_context(draft, standing),
        }
        return render(self.request, self.template, context)


def keep_posted(request, owner, key, ticket, move):
    """Put what was posted for `move` on `ticket` in the draft `key` of `owner`; return the draft."""
    values = posted_values(request, (*TYPED, SEEN), SEVERAL)
    return keep_draft(key, owner=owner, ticket=ticket, move=move.name, values=values)


def keep_for(owner, request, key, ticket, move):
    """Rescue a form posted after the session ended. Returns the key of its draft, or None."""
    if not move.needs_page() or TicketEvent.objects.filter(key=key).exists():
        return None
    try:
        draft = keep_posted(request, owner, key, ticket, move)
    except Draft.DoesNotExist:
        return None
    tell_refusals(request, take_files(request, draft))
    return draft.key
