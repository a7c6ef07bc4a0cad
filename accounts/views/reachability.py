"""« Nos courriels ne vous arrivent plus »: what she may do of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.services import LinkUnusable, TooManyMails, ask_check, checked_address, confirm_address
from accounts.throttling import client_address
from accounts.views.links import keep_quiet

_PAGE = "accounts:check"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Say what was refused, and mail the link that proves the contrary."""
    if request.method == "POST" and request.user.email:
        try:
            ask_check(request.user, client=client_address(request) or "")
        except TooManyMails:
            messages.error(request, _("Trop de messages ont été demandés : recommencez dans une heure."))
        else:
            messages.success(
                request, _("Un courriel de vérification est parti : suivez le lien qu’il contient.")
            )
        return redirect(_PAGE)
    return render(request, "accounts/check_address.html")


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Show the address, and take the mark off once she says that she reads it."""
    try:
        address = checked_address(token, request.user)
        if request.method == "POST":
            confirm_address(token, user=request.user)
            messages.success(request, _("Votre adresse est vérifiée : nos courriels y arrivent."))
            return redirect("accounts:preferences")
    except LinkUnusable:
        messages.error(
            request, _("Ce lien ne vaut plus, ou n’est pas le vôtre : demandez-en un autre ci-dessous.")
        )
        return redirect(_PAGE)
    return keep_quiet(render(request, "accounts/confirm_check.html", {"address": address}))
