"""Forms that never lose a word: files and text go to a draft before anything is judged."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from teledemande.text import visible_text
from tickets import typing_keys
from tickets.forms.filing import is_input_name
from tickets.forms.pieces import FILE as PIECE
from tickets.models import Draft
from tickets.receivers import VISITOR
from tickets.services.drafts import add_files, remove_file

KEY = "key"  # the hidden field
DRAFT = "brouillon"  # in addresses
_PIECE_MAX = 80  # the name of a piece, as files keep it


def keeps_typing(keep, *, visitors=False):
    """Decorate a view whose form must survive an expired session.

    `keep(request, owner, key, **kwargs)` puts what was posted in a draft of `owner` and returns its key, or
    None. An anonymous POST bearing a signed key is kept that way; she logs in and finds her words.
    `visitors`: the page is also for people who have not logged in, whose forms bear keys that are nobody's.
    """

    def decorate(view):
        def rescue(request, **kwargs):
            signed = typing_keys.read(request.POST.get(KEY))
            address = request.path
            owner = owner_of(signed)
            if owner is not None and (kept_key := keep(request, owner, signed[0], **kwargs)):
                address = with_draft(request.path, kept_key)
                messages.info(
                    request,
                    _("Votre session avait expiré. Votre texte est conservé : relisez-le et continuez."),
                )
            return redirect_to_login(address, settings.LOGIN_URL)

        @login_not_required
        @wraps(view)
        def inner(request, **kwargs):
            if request.user.is_authenticated or (visitors and _is_visitors(request)):
                return view(request, **kwargs)
            if request.method == "POST":
                return rescue(request, **kwargs)
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)

        # A form whose CSRF token is too old is rescued the same way (teledemande/views/errors.py).
        inner.rescue = rescue  # type: ignore[attr-defined]
        return inner

    return decorate


def with_draft(path, key):
    """Return `path` with the draft `key` named in it."""
    query = QueryDict(mutable=True)
    query[DRAFT] = str(key)
    return f"{path}?{query.urlencode()}"


def owner_of(signed):
    """Return the active person whose draft the key of a form names (see typing_keys.read), or None."""
    if signed is None or signed[1] is None:
        return None
    return get_user_model().objects.filter(pk=signed[1], is_active=True).first()


def _is_visitors(request):
    # A form without a key of ours stores nothing; that of a person whose session is over is hers.
    if request.method != "POST":
        return True
    signed = typing_keys.read(request.POST.get(KEY))
    return signed is not None and signed[1] is None


def posted_key(request):
    """Return the draft key of the form, or a fresh one when the form was shown to somebody else.

    The form of a visitor who has logged in since, in another tab, is hers.
    """
    signed = typing_keys.read(request.POST.get(KEY))
    if signed is None or signed[1] not in (None, request.user.pk):
        return typing_keys.new_key()
    return signed[0]


def holder_of(request, *, is_writing=False):
    """Return whose drafts the reader has: `{"owner": …, "visitor": …}`, one of them None.

    A visitor is known by a secret of her session, which begins when she first writes and lasts as long as her
    draft: whoever creates an account may activate it the next day.
    """
    if request.user.is_authenticated:
        return {"owner": request.user, "visitor": None}
    visitor = typing_keys.parse(request.session.get(VISITOR))
    if visitor is None and is_writing:
        visitor = typing_keys.new_key()
        request.session[VISITOR] = str(visitor)
        request.session.set_expiry(int(settings.VISITOR_DRAFT_LIFETIME.total_seconds()))
    return {"owner": None, "visitor": visitor}


def kept(key, keep):
    """Return the draft that `keep(key)` writes, under a fresh key if `key` is that of another form."""
    try:
        return keep(key)
    except Draft.DoesNotExist:
        return keep(typing_keys.new_key())


def draft_named(request, **limits):
    """Return the reader's own draft named in the address, or None."""
    key = typing_keys.parse(request.GET.get(DRAFT))
    mine = Draft.objects.filter(key=key, **holder_of(request), **limits)
    mine = mine.select_related("form_version", "category__service")
    return mine.first() if key else None


def posted_values(request, names, several=()):
    """Return what was typed in the fields `names`, fit to be stored: visible text only.

    Those of `several` may hold many values: they are kept as lists.
    """
    typed = {name: visible_text(request.POST[name]) for name in names if name in request.POST}
    lists = {name: [visible_text(one) for one in request.POST.getlist(name)] for name in several}
    return typed | {name: values for name, values in lists.items() if name in typed}


def take_files(request, draft):
    """Apply what the form says of files: one to remove, some to add. Returns French refusals.

    A signed key without its session adds files and takes none out: its page may be left open anywhere.
    """
    remove = typing_keys.parse(request.POST.get("remove"))
    if remove and holds(request, draft):
        remove_file(draft, remove)
    uploads = request.FILES if isinstance(request.FILES, MultiValueDict) else MultiValueDict()
    refusals = list(getattr(request, "dropped_files", ()))
    for name in uploads:
        if name == "files" or name.startswith(PIECE):
            refusals += add_files(draft, uploads.getlist(name), _piece_of(name))
    return refusals


def tell_refusals(request, refusals):
    """Say on the next page which files were refused, and why: this one is not shown again."""
    for refusal in refusals:
        messages.error(request, refusal)


def _piece_of(name):
    # A file sent for what no form can name stands alone.
    piece = name.removeprefix(PIECE)
    return piece if piece != name and is_input_name(piece) and len(piece) <= _PIECE_MAX else ""


def holds(request, draft):
    """Whether the session of `request`, and not only a signed key, is that of whoever holds `draft`."""
    return draft.owner_id == request.user.pk


def only_files(request):
    """Whether the button pressed is not the last one: the form is not to be judged yet."""
    return any(
        name in request.POST for name in ("remove", "add_files", "add_item", "remove_item", "new_form")
    )
