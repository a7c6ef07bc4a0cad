"""Write a request: the form of the theme, read and kept."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from categories.faq.before import entries_for
from categories.models import Category
from categories.places import replacement_of
from categories.questionnaire.items import with_one_more, without_item
from categories.questionnaire.versions import current_version, form_of
from teledemande.text import hides_something
from tickets import typing_keys
from tickets.forms.filing import RequestForm, is_input_name, typed_values
from tickets.models import Draft
from tickets.presentation import typed_rows
from tickets.services.drafts import StaleDraftError, fork_draft, keep_draft, take_new_form
from tickets.services.filing import ThemeClosedError, filed_under
from tickets.services.limits import is_too_much_for_visitor
from tickets.views.typing import (
    DRAFT,
    draft_named,
    holder_of,
    keeps_typing,
    kept,
    only_files,
    posted_key,
    take_files,
    tell_refusals,
    with_draft,
)
from tickets.views.words import FILING_WORDS

TOO_MUCH = gettext_lazy(
    "Ce texte est trop long pour être gardé avant que vous soyez connecté. Copiez-le, connectez-vous dans un "
    "autre onglet, puis revenez ici."
)
APART = gettext_lazy(
    "Ce brouillon avait été modifié dans un autre onglet ou sur un autre appareil. Rien n’est perdu : ce que "
    "vous avez écrit ici est gardé dans un second brouillon, l’autre reste dans votre tableau de bord."
)


def keep_rescued(request, owner, key, *, slug):
    """Put what was posted after the session of `owner` ended in her draft; return its key, or None."""
    category = Category.objects.filter(slug=slug).first()
    if category is None or filed_under(key, requester=owner):
        return None
    try:
        draft = put(request, category, {"owner": owner, "visitor": None}, key)
    except Draft.DoesNotExist:
        return None
    tell_refusals(request, take_files(request, draft))
    return draft.key


@keeps_typing(keep_rescued, visitors=True)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug):
    """Show and read the form of a theme. Somebody who has not logged in may begin."""
    category = Category.objects.fileable().select_related("service").filter(slug=slug).first()
    if category is None:
        return _closed(request, slug)
    if request.method == "POST":
        return _written(request, category)
    if first := address_first(request, category, request.get_full_path()):
        return first
    draft = draft_named(request, category__isnull=False)
    if draft is None and (filed := filed_with_named(request)):
        return already_filed(request, filed)
    return _show(request, category, draft)


def _closed(request, slug):
    """Show her words to somebody who was writing when the theme closed; lead others on, or say 404."""
    category = get_object_or_404(Category, slug=slug)
    shown = posted_form(request)
    if request.method == "POST" and shown and shown[0] == category.pk:
        draft = kept(
            posted_key(request), partial(put, request, category, holder_of(request, is_writing=True))
        )
        tell_refusals(request, take_files(request, draft))
        return redirect(with_draft(request.path, draft.key))
    draft = draft_named(request, category=category)
    if draft is None:
        return _elsewhere(slug)
    form = form_for(request, category, draft)
    context = {
        "category": category,
        "draft": draft,
        "rows": typed_rows(form),
        "replacement": replacement_of(slug),
        "why": ThemeClosedError.sentence,
    }
    return render(request, "tickets/closed.html", context)


def _elsewhere(slug):
    """Lead to the theme that replaces this one, or to the page that says when it opens; 404 otherwise."""
    if replacement := replacement_of(slug):
        return redirect("tickets:write", slug=replacement.slug)
    return redirect(get_object_or_404(Category.objects.with_a_sheet(), slug=slug))


def address_first(request, category, following):
    """Return the way to the page that asks for her postal address, then leads to `following`; or None.

    An official request is not filed without it (CRPA, R112-9-1).
    """
    if not request.user.is_authenticated or not category.is_sve or request.user.has_postal_address:
        return None
    return redirect(f"{reverse('accounts:address')}?{urlencode({'next': following})}")


def filed_with_named(request):
    """Return the request filed with the draft the address names, or None."""
    # The back button after filing comes here with the key of a draft that is gone. The form takes no key from
    # an address: whoever wrote the link would know it.
    key = typing_keys.parse(request.GET.get(DRAFT))
    return filed_under(key, requester=request.user) if key and request.user.is_authenticated else None


def _written(request, category):
    key = posted_key(request)
    if request.user.is_authenticated and (filed := filed_under(key, requester=request.user)):
        return already_filed(request, filed)
    if not request.user.is_authenticated and is_too_much_for_visitor(typed_values(request.POST)):
        messages.error(request, TOO_MUCH)
        return _show(request, category, None, form_for(request, category, None, request.POST))
    return _kept(request, category, key)


def _kept(request, category, key):
    draft = kept(key, partial(put, request, category, holder_of(request, is_writing=True)))
    refusals = take_files(request, draft)
    if "new_form" in request.POST:
        take_new_form(draft)
    if elsewhere := _unjudged(request, category, with_draft(request.path, draft.key)):
        tell_refusals(request, refusals)
        return elsewhere
    return _judged(request, category, draft, refusals)


def _unjudged(request, category, here):
    """Return where she goes without her form being judged, or None. Her draft waits at `here`."""
    if only_files(request):
        return redirect(here)
    if "later" in request.POST and request.user.is_authenticated:
        sentence = _("Brouillon enregistré. Vous le retrouverez ici pendant %(days)s jours.")
        messages.success(request, sentence % {"days": settings.DRAFT_LIFETIME.days})
        return redirect("tickets:dashboard")
    return _elsewhere_first(request, category, here)


def _elsewhere_first(request, category, here):
    """Return where she must go before her form is judged, or None. Her draft waits at `here`."""
    if not request.user.is_authenticated:
        sentence = _("Votre texte est conservé. Connectez-vous pour joindre vos pièces et déposer.")
        messages.info(request, sentence)
        return redirect_to_login(here, reverse("login"))
    return address_first(request, category, here)


def _judged(request, category, draft, refusals):
    form = form_for(request, category, draft, request.POST)
    for refusal in refusals:
        form.add_error("files", refusal)
    if not form.is_valid():
        return _show(request, category, draft, form)
    _warn_of_invisible(request)
    return redirect(with_draft(reverse("tickets:check", args=[category.slug]), draft.key))


def put(request, category, holder, key):
    """Write what was posted in the draft `key` of `holder`; in a draft apart if another tab wrote there."""
    values = with_items(request, typed_values(request.POST))
    try:
        return keep_draft(
            key,
            **holder,
            category=category,
            values=values,
            revision=posted_revision(request),
            tab=typing_keys.parse(request.POST.get("tab")),
            shown=(posted_form(request) or (None, None))[1],
        )
    except StaleDraftError as stale:
        messages.warning(request, APART)
        return fork_draft(stale.draft, values, typing_keys.parse(request.POST.get("tab")))


def with_items(request, values):
    """Return the typed `values` with the item of a block one button added, or without the one it took out."""
    for button, change in (("add_item", with_one_more), ("remove_item", without_item)):
        item = request.POST.get(button)
        if item and is_input_name(item):
            values = change(values, item)
    return values


def posted_revision(request):
    """Return the revision of the draft the form was shown with, or None."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def posted_form(request):
    """Return (pk of the theme, pk of the version or None) of the form that was shown, or None."""
    return typing_keys.read_form(request.POST.get("form"))


def form_for(request, category, draft, data=None):
    """Return the form of the theme for the reader: that of her draft, bound to `data` or filled from it."""
    is_hers = draft is not None and draft.category_id == category.pk
    version = draft.form_version if is_hers else current_version(category)
    return RequestForm(
        form_of(version),
        data,
        category=category,
        person=request.user if request.user.is_authenticated else None,
        files=list(draft.files.all()) if draft else [],
        initial=draft.values if draft else None,
    )


def _warn_of_invisible(request):
    if any(hides_something(text) for name in request.POST for text in request.POST.getlist(name)):
        messages.warning(
            request,
            _("Des caractères invisibles ont été retirés de votre texte : relisez-le avant de déposer."),
        )


def already_filed(request, ticket):
    """Go to the request this form already made."""
    messages.info(request, _("Cette demande est déjà déposée : la voici. Rien n’a été envoyé deux fois."))
    return redirect(ticket)


def _show(request, category, draft, form=None):
    latest = current_version(category)
    is_hers = draft is not None and draft.category_id == category.pk
    context = {
        "category": category,
        "form": form or form_for(request, category, draft),
        "shown": typing_keys.sign_form(category, draft.form_version_id if is_hers else latest and latest.pk),
        "draft_key": draft.key if draft else "",
        "words": FILING_WORDS,
        "key": typing_keys.sign(draft.key if draft else typing_keys.new_key(), request.user),
        "revision": draft.revision if draft else 0,
        "tab": typing_keys.new_key(),
        "is_outdated": is_hers and latest is not None and draft.form_version_id != latest.pk,
        "can_upload": request.user.is_authenticated,
        # Once she has written something, she has not found her answer there.
        "entries": entries_for(category, request.user) if draft is None and form is None else [],
        "step": 3,
    }
    return render(request, "tickets/write.html", context)
