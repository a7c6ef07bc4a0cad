"""What scripts send while somebody writes: her text, then her files one by one. Answers in JSON.

A session that ended loses nothing: the signed key of the form says whose draft it is, as for the whole form.
"""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from categories.models import Category
from teledemande.french_dates import hour_words
from tickets import typing_keys
from tickets.files.sizes import size_words
from tickets.forms.filing import typed_values
from tickets.models import Draft
from tickets.services.drafts import StaleDraftError, autosave, fork_draft, keep_draft
from tickets.services.filing import filed_under
from tickets.views.typing import KEY, holder_of, kept, owner_of, posted_key, take_files
from tickets.views.writing import APART, posted_revision


@login_not_required
@require_POST
def text(request, slug):
    """Keep what is typed. Answers the key, the revision and the hour; 409 when it went to a draft apart."""
    holder, key = _holder(request), _key(request)
    values, revision = typed_values(request.POST), posted_revision(request) or 0
    tab = typing_keys.parse(request.POST.get("tab"))
    if autosave(key, **holder, revision=revision, tab=tab, values=values):
        return _saved(request, key, revision + 1)
    if holder["owner"] and filed_under(key, requester=holder["owner"]):
        return _refused(_("Cette demande est déjà déposée."), 410)
    category = _category(slug)
    keep = partial(keep_draft, **holder, category=category, values=values, revision=revision, tab=tab)
    try:
        draft = kept(key, keep)
    except StaleDraftError as stale:
        twin = fork_draft(stale.draft, values)
        return _saved(request, twin.key, twin.revision, status=409, sentence=str(APART))
    return _saved(request, draft.key, draft.revision)


@login_not_required
@require_POST
def files(request, slug):
    """Keep, or take out, files of the draft. Answers what it now holds, and what was refused."""
    holder, key = _holder(request), _key(request)
    draft = Draft.objects.filter(key=key, **holder).first()
    if draft is None:
        if holder["owner"] and filed_under(key, requester=holder["owner"]):
            return _refused(_("Cette demande est déjà déposée."), 410)
        draft = kept(key, partial(keep_draft, **holder, category=_category(slug), values={}))
    refusals = take_files(request, draft)
    kept_files = [
        {
            "uuid": str(one.uuid),
            "name": one.name,
            "piece": one.piece,
            "facts": f"{one.kind_label}, {size_words(one.size)}",
        }
        for one in draft.files.all()
    ]
    return JsonResponse(
        {
            "key": typing_keys.sign(draft.key, holder["owner"] or request.user),
            "files": kept_files,
            "refusals": refusals,
        }
    )


def _category(slug):
    category = Category.objects.fileable().filter(slug=slug).first()
    if category is None:
        raise Http404
    return category


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


def _saved(request, key, revision, *, status=200, sentence=""):
    signed = typing_keys.read(request.POST.get(KEY))
    holder = request.user if request.user.is_authenticated else owner_of(signed) or request.user
    answer = {
        "key": typing_keys.sign(key, holder),
        "revision": revision,
        "at": hour_words(timezone.now()),
        "sentence": sentence,
        "is_over": bool(signed and signed[1] and not request.user.is_authenticated),
    }
    return JsonResponse(answer, status=status)


def _refused(sentence, status):
    return JsonResponse({"sentence": sentence}, status=status)
