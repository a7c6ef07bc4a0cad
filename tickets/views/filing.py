"""File a request: information screen, theme, form, check page, confirmation."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.services import set_filing_intro
from categories.models import Category
from categories.views.themes import tree_context
from teledemande.text import hides_something
from tickets import typing_keys
from tickets.forms.filing import RequestForm
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Draft, Ticket
from tickets.services.drafts import keep_draft
from tickets.services.filing import filed_under, open_ticket
from tickets.views.typing import (
    DRAFT,
    draft_named,
    keeps_typing,
    kept,
    only_files,
    posted_key,
    posted_values,
    take_files,
    with_draft,
)

_FIELDS = ("subject", "message")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Show the information screen, or the tree to somebody who has seen enough of it."""
    if request.method == "POST":
        if request.POST.get("hide"):
            set_filing_intro(request.user, hidden=True)
        return redirect(f"{reverse('tickets:new')}?etape=theme")
    if request.user.hides_filing_intro or request.GET.get("etape") == "theme":
        return render(request, "tickets/choose.html", tree_context(request) | {"step": 2})
    return render(request, "tickets/intro.html", {"step": 1})


def _keep(request, owner, key, *, slug):
    category = Category.objects.fileable().filter(slug=slug).first()
    if category is None or filed_under(key, requester=owner):
        return False
    try:
        draft = keep_draft(key, owner=owner, category=category, values=posted_values(request, _FIELDS))
    except Draft.DoesNotExist:
        return False
    take_files(request, draft)
    return True


@keeps_typing(_keep)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug):
    """Show and read the form of a theme."""
    category = get_object_or_404(Category.objects.fileable().select_related("service"), slug=slug)
    if category.is_sve and not request.user.has_postal_address:
        if request.method == "POST":
            draft = kept(posted_key(request), partial(_put, request, category))
            take_files(request, draft)
            return redirect(_address_page(with_draft(request.path, draft.key)))
        return redirect(_address_page(request.get_full_path()))
    if request.method == "POST":
        return _written(request, category)
    draft = draft_named(request, category__isnull=False)
    if draft is None and (filed := _filed_with_named(request)):
        return _already_filed(request, filed)
    form = RequestForm(initial=draft.values if draft else None)
    return _show(request, category, form, draft, draft.key if draft else typing_keys.new_key())


def _filed_with_named(request):
    # The back button after filing comes here with the key of a draft that is gone. The form takes no key from
    # an address: whoever wrote the link would know it.
    key = typing_keys.parse(request.GET.get(DRAFT))
    return filed_under(key, requester=request.user) if key else None


def _address_page(following):
    return f"{reverse('accounts:address')}?{urlencode({'next': following})}"


def _written(request, category):
    key = posted_key(request)
    if filed := filed_under(key, requester=request.user):
        return _already_filed(request, filed)
    draft = kept(key, partial(_put, request, category))
    key, refusals = draft.key, take_files(request, draft)
    form = RequestForm(request.POST)
    if only_files(request):
        for refusal in refusals:
            messages.error(request, refusal)
        return redirect(with_draft(request.path, key))
    for refusal in refusals:
        form.add_error("files", refusal)
    if not form.is_valid():
        return _show(request, category, form, draft, key)
    keep_draft(key, owner=request.user, category=category, values={n: form.cleaned_data[n] for n in _FIELDS})
    _warn_of_invisible(request)
    return redirect(with_draft(reverse("tickets:check", args=[category.slug]), key))


def _put(request, category, key):
    return keep_draft(key, owner=request.user, category=category, values=posted_values(request, _FIELDS))


def _warn_of_invisible(request):
    if any(hides_something(request.POST[name]) for name in _FIELDS):
        messages.warning(
            request,
            _("Des caractères invisibles ont été retirés de votre texte : relisez-le avant de déposer."),
        )


def _already_filed(request, ticket):
    messages.info(request, _("Cette demande est déjà déposée : la voici. Rien n’a été envoyé deux fois."))
    return redirect(ticket)


def _show(request, category, form, draft, key):
    context = {
        "category": category,
        "form": form,
        "files": list(draft.files.all()) if draft else [],
        "key": typing_keys.sign(key, request.user),
        "step": 3,
    }
    return render(request, "tickets/write.html", context)


def _keep_nothing(request, owner, key, *, slug):
    # The check page types nothing: the draft already holds everything.
    return Draft.objects.filter(key=key, owner=owner).exists()


@keeps_typing(_keep_nothing)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, slug):
    """Show everything that will be filed; file it."""
    if request.method == "POST":
        return _file(request, slug)
    draft = draft_named(request, category__slug=slug)
    if draft is None:
        filed = _filed_with_named(request)
        return _already_filed(request, filed) if filed else redirect("tickets:write", slug=slug)
    form = RequestForm(draft.values)
    if not form.is_valid():
        return redirect(with_draft(reverse("tickets:write", args=[slug]), draft.key))
    context = {
        "category": draft.category,
        "draft": draft,
        "files": list(draft.files.all()),
        "key": typing_keys.sign(draft.key, request.user),
        "edit_url": with_draft(reverse("tickets:write", args=[slug]), draft.key),
        "step": 4,
    }
    return render(request, "tickets/check.html", context)


def _file(request, slug):
    key = posted_key(request)
    try:
        ticket = open_ticket(key, requester=request.user)
    except Draft.DoesNotExist:
        messages.error(
            request, _("Ce formulaire n’est plus à jour. Vérifiez votre demande, puis déposez-la.")
        )
        return redirect("tickets:write", slug=slug)
    except MoveRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(with_draft(reverse("tickets:write", args=[slug]), key))
    return redirect("tickets:filed", reference=ticket.reference)


@require_safe
def filed(request, reference):
    """Confirm: the reference, the date, what happens next."""
    mine = Ticket.objects.visible_to(request.user).filter(requester=request.user)
    ticket = mine.by_reference(reference).with_people().first()
    if ticket is None:
        raise Http404
    return render(request, "tickets/filed.html", {"ticket": ticket, "step": 5})
