"""The button « English » or « Français » of every page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from accounts.models import Language
from accounts.redirects import next_page
from accounts.services import set_language
from teledemande.languages import remember

HOME = "home"


@login_not_required
@require_POST
def choose_language(request):
    """Answer in another language from now on, and come back to the same page.

    The account keeps it, and the browser too: the pages after logging out are in the same language.
    """
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(next_page(request) or resolve_url(HOME))
    if language in Language.values:
        if request.user.is_authenticated:
            set_language(request.user, language)
        remember(response, language)
    return response
