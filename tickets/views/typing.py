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
from tickets.models import Draft
from tickets.services.drafts import add_files, remove_file

KEY = "key"  # the hidden field
DRAFT = "brouillon"  # in addresses


def keeps_typing(keep):
    """Decorate a view whose form must survive an expired session.

    `keep(request, owner, key, **kwargs)` puts what was posted in the draft of `owner`. An anonymous POST
    bearing a signed key is kept that way, then the person logs in and finds her words.
    """

    def decorate(view):
        def rescue(request, **kwargs):
            signed = typing_keys.read(request.POST.get(KEY))
            address = request.path
            if signed is not None:
                owner = get_user_model().objects.filter(pk=signed[1], is_active=True).first()
                if owner is not None and keep(request, owner, signed[0], **kwargs):
                    address = with_draft(request.path, signed[0])
                    messages.info(
                        request,
                        _("Votre session avait expiré. Votre texte est conservé : relisez-le et continuez."),
                    )
            return redirect_to_login(address, settings.LOGIN_URL)

        @login_not_required
        @wraps(view)
        def inner(request, **kwargs):
            if request.user.is_authenticated:
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


def posted_key(request):
    """Return the draft key of the form, or a fresh one when the form was shown to somebody else."""
    signed = typing_keys.read(request.POST.get(KEY))
    if signed is None or signed[1] != request.user.pk:
        return typing_keys.new_key()
    return signed[0]


def kept(key, keep):
    """Return the draft that `keep(key)` writes, under a fresh key if `key` is that of another form."""
    try:
        return keep(key)
    except Draft.DoesNotExist:
        return keep(typing_keys.new_key())


def draft_named(request, **limits):
    """Return the reader's own draft named in the address, or None."""
    key = typing_keys.parse(request.GET.get(DRAFT))
    return Draft.objects.filter(key=key, owner=request.user, **limits).first() if key else None


def posted_values(request, names):
    """Return what was typed in the fields `names`, fit to be stored: visible text only."""
    return {name: visible_text(request.POST[name]) for name in names if name in request.POST}


def take_files(request, draft):
    """Apply what the form says of files: one to remove, some to add. Returns French refusals."""
    if remove := typing_keys.parse(request.POST.get("remove")):
        remove_file(draft, remove)
    uploads = request.FILES if isinstance(request.FILES, MultiValueDict) else MultiValueDict()
    refusals = add_files(draft, uploads.getlist("files"))
    return [*getattr(request, "dropped_files", ()), *refusals]


def only_files(request):
    """Whether the button pressed concerns files alone: the form is not to be judged yet."""
    return "remove" in request.POST or "add_files" in request.POST
