"""What scripts send while somebody writes: her text, then her files one by one. Answers in JSON.

A session that ended loses nothing: the signed key of the form says whose draft it is, as for the whole form.
"""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from categories.models import Category
from teledemande.french_dates import hour_words
from tickets import typing_keys
from tickets.files.sizes import size_words
from tickets.forms.filing import typed_values
from tickets.models import Draft
from tickets.services.drafts import StaleDraftError, autosave, begin_draft, fork_draft, keep_draft
from tickets.services.filing import filed_under
from tickets.services.limits import is_too_much_for_visitor
from tickets.views.typing import KEY, holder_of, holds, kept, owner_of, posted_key, take_files
from tickets.views.writing import APART, TOO_MUCH, posted_form, posted_revision


def renew_token(request, **kwargs):
    """Give a page whose CSRF token is too old a fresh one: its script sends again by itself.

    Somebody logged in from another tab meanwhile. Another site may cause this answer; it cannot read it.
    """
    return JsonResponse({"token": get_token(request)}, status=403)


@login_not_required
@require_POST
def text(request, slug):
    """Keep what is typed. Answers the key, the revision and the hour; 409 when it went to a draft apart."""
    if not _bears_a_key(request):
        return _refused(_("Ce formulaire n’est plus à jour : rechargez la page."), 403)
    values, revision = typed_values(request.POST), posted_revision(request) or 0
    holder, key = _holder(request), _key(request)
    if holder["visitor"] and is_too_much_for_visitor(values):
        return _refused(str(TOO_MUCH), 413)
    tab = typing_keys.parse(request.POST.get("tab"))
    # A draft of another theme (hers closed, she goes on in the one that replaces it) changes its theme first.
    shown = posted_form(request) or (None, None)
    if autosave(key, **holder, revision=revision, tab=tab, values=values, category_pk=shown[0]):
        return _saved(request, holder, key, revision + 1)
    if _is_filed(holder, key):
        return _refused(_("Cette demande est déjà déposée."), 410)
    keep = partial(
        keep_draft,
        **holder,
        **_theme(request, slug),
        values=values,
        revision=revision,
        tab=tab,
    )
    try:
        draft = kept(key, keep)
    except StaleDraftError as stale:
        twin = fork_draft(stale.draft, values, tab)
        return _saved(request, holder, twin.key, twin.revision, status=409, sentence=str(APART))
    return _saved(request, holder, draft.key, draft.revision)


@login_not_required
@require_POST
def files(request, slug):
    """Keep, or take out, files of the draft. Answers what it now holds, and what was refused.

    To a signed key whose session is over, only what it has just sent: it reads nothing of the draft.
    """
    if not _bears_a_key(request):
        return _refused(_("Ce formulaire n’est plus à jour : rechargez la page."), 403)
    holder, key = _holder(request), _key(request)
    draft = Draft.objects.filter(key=key, **holder).first()
    if draft is None:
        if _is_filed(holder, key):
            return _refused(_("Cette demande est déjà déposée."), 410)
        draft = kept(key, partial(begin_draft, **holder, **_theme(request, slug)))
    untold = set() if holds(request, draft) else set(draft.files.values_list("pk", flat=True))
    refusals = take_files(request, draft)
    kept_files = [_file(one) for one in draft.files.all() if one.pk not in untold]
    return JsonResponse(_address(request, holder, draft.key) | {"files": kept_files, "refusals": refusals})


text.rescue = files.rescue = renew_token  # type: ignore[attr-defined]


def _theme(request, slug):
    """Return the theme written for, and the version of its form she has before her.

    A theme that closed since her page was shown is still hers to write in; any other does not exist.
    """
    shown = posted_form(request)
    if shown is None:
        return {"category": get_object_or_404(Category.objects.fileable(), slug=slug)}
    category = get_object_or_404(Category, slug=slug)
    if shown[0] != category.pk:
        raise Http404
    return {"category": category, "shown": shown[1]}


def _bears_a_key(request):
    # Whoever never saw the form has no key of ours: nothing is stored, no session begins.
    return request.user.is_authenticated or typing_keys.read(request.POST.get(KEY)) is not None


def _holder(request):
    # Her session is over, her page still bears her signed key: the words are hers.
    signed = typing_keys.read(request.POST.get(KEY))
    if not request.user.is_authenticated and (owner := owner_of(signed)):
        return {"owner": owner, "visitor": None}
    return holder_of(request, is_writing=True)


def _key(request):
    signed = typing_keys.read(request.POST.get(KEY))
    if signed and not request.user.is_authenticated:
        return signed[0]
    return posted_key(request)


def _is_filed(holder, key):
    return holder["owner"] is not None and filed_under(key, requester=holder["owner"]) is not None


def _address(request, holder, key):
    """Return what a page needs to go on with the draft `key`: its signed key, its name in the address."""
    token = {"token": get_token(request)} if request.META.get("CSRF_COOKIE") else {}
    return {"key": typing_keys.sign(key, holder["owner"] or request.user), "draft": str(key)} | token


def _saved(request, holder, key, revision, *, status=200, sentence=""):
    answer = _address(request, holder, key) | {
        "revision": revision,
        "at": hour_words(timezone.now()),
        "sentence": sentence,
        "is_over": holder["owner"] is not None and not request.user.is_authenticated,
    }
    return JsonResponse(answer, status=status)


def _file(file):
    return {
        "uuid": str(file.uuid),
        "name": file.name,
        "piece": file.piece,
        "facts": f"{file.kind_label}, {size_words(file.size)}",
    }


def _refused(sentence, status):
    return JsonResponse({"sentence": sentence}, status=status)
