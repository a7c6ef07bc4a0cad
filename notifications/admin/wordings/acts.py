"""Go back: to a version, to our own words, to those of the theme above."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notifications.admin.wordings.access import on_place, revision_of
from notifications.models import MailWordingVersion
from notifications.wordings.writing import StaleWordingError, restore_version, use_original


@require_POST
@on_place
def restore_wording(request, place):
    """Write a version again, as a new one."""
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    return _done(
        request,
        place,
        lambda **given: restore_version(place.category, place.message.name, int(number), **given),
        _("Version %(number)s reprise.") % {"number": number},
    )


@require_POST
@on_place
def revert_wording(request, place):
    """Give the mail our words back, or those of the theme above."""
    inherits = request.POST.get("inherits") == "1"
    sentence = (
        _("Le courriel reprend le texte du thème au-dessus.")
        if inherits
        else _("Le courriel est revenu au texte d’origine.")
    )
    return _done(
        request,
        place,
        lambda **given: use_original(place.category, place.message.name, inherits=inherits, **given),
        sentence,
    )


def _done(request, place, act, sentence):
    try:
        act(author=request.user, revision=revision_of(request))
    except StaleWordingError:
        messages.error(request, _("Quelqu’un a changé ce texte entre-temps : relisez-le, puis recommencez."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except MailWordingVersion.DoesNotExist as error:
        raise Http404 from error
    else:
        messages.success(request, sentence)
    return redirect(place.url())
