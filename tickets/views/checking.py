"""Check a request before it is filed, and file it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from categories.enums import Kind
from categories.publication import ASKS_FOR_A_DECISION
from categories.sheets import last_day
from tickets import typing_keys
from tickets.forms.filing import TermsForm, as_posted
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Draft
from tickets.presentation import filed_facts
from tickets.services.filing import DraftChangedError, filed_under, open_ticket
from tickets.views.typing import draft_named, keeps_typing, posted_key, with_draft
from tickets.views.writing import address_first, already_filed, filed_with_named, form_for, posted_revision


def _keep_nothing(request, owner, key, *, slug):
    # The check page types nothing: the draft already holds everything.
    return key if Draft.objects.filter(key=key, owner=owner).exists() else None


@keeps_typing(_keep_nothing)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, slug):
    """Show everything that will be filed; file it."""
    if request.method == "POST":
        return _file(request, slug)
    draft = draft_named(request, category__slug=slug)
    if draft is None:
        filed = filed_with_named(request)
        return already_filed(request, filed) if filed else redirect("tickets:write", slug=slug)
    here = with_draft(request.path, draft.key)
    return address_first(request, draft.category, here) or _show_check(request, draft, TermsForm())


def _show_check(request, draft, terms):
    slug = draft.category.slug
    edit_url = with_draft(reverse("tickets:write", args=[slug]), draft.key)
    form = form_for(request, draft.category, draft, as_posted(draft.values))
    if not form.is_valid():
        messages.info(request, _("Il reste des champs à remplir ou à corriger avant de déposer."))
        return redirect(edit_url)
    content = form.content()
    context = {
        "category": draft.category,
        "last_day": last_day(draft.category, timezone.localdate()),
        "asks_for_a_decision": Kind(draft.category.kind) in ASKS_FOR_A_DECISION,
        "subject": content.subject,
        "message": content.message,
        "is_incomplete": content.is_incomplete,
        "message_label": form.fields["message"].label,
        "terms_version": content.terms_version,
        "facts": filed_facts(form.definition, content, form.kept_files()),
        "key": typing_keys.sign(draft.key, request.user),
        "revision": draft.revision,
        "edit_url": edit_url,
        "form": terms,
        "step": 4,
    }
    return render(request, "tickets/check.html", context)


def _file(request, slug):
    key = posted_key(request)
    drafts = Draft.objects.filter(key=key, owner=request.user, category__slug=slug)
    draft = drafts.select_related("form_version", "category__service").first()
    if draft is None:
        # A draft that was filed is there no more.
        if filed := filed_under(key, requester=request.user):
            return redirect("tickets:filed", reference=filed.reference)
        messages.error(
            request, _("Ce formulaire n’est plus à jour. Vérifiez votre demande, puis déposez-la.")
        )
        return redirect("tickets:write", slug=slug)
    if first := address_first(request, draft.category, with_draft(request.path, draft.key)):
        return first
    terms = TermsForm(request.POST)
    form = form_for(request, draft.category, draft, as_posted(draft.values))
    if not terms.is_valid() or not form.is_valid():
        return _show_check(request, draft, terms)
    return _opened(request, draft, form.content(posted_revision(request)))


def _opened(request, draft, content):
    slug = draft.category.slug
    try:
        ticket = open_ticket(draft.key, requester=request.user, content=content)
    except DraftChangedError as changed:
        messages.warning(request, str(changed))
        return redirect(with_draft(reverse("tickets:check", args=[slug]), draft.key))
    except MoveRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(with_draft(reverse("tickets:write", args=[slug]), draft.key))
    return redirect("tickets:filed", reference=ticket.reference)
