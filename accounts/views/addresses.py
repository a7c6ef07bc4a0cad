"""« Changer d’adresse électronique »: ask with the password, confirm from the new mailbox."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.forms.addresses import ChangeAddressForm
from accounts.services import (
    AlreadyRegistered,
    LinkUnusable,
    TooManyMails,
    ask_address,
    change_address,
    live_address_link,
)
from accounts.throttling import Locked, MustWait, client_address, locked_out
from accounts.views.links import keep_quiet
from accounts.views.proof import patience_words, prove
from accounts.views.registration import SENT_TO

PREFERENCES = "accounts:preferences"
TOO_MANY = 429


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def change_email(request):
    """Ask for the link that proves the new address. Members of the university have theirs from the CAS."""
    if request.user.is_cas:
        raise Http404
    if request.method != "POST" and "envoye" in request.GET:
        return _show_sent(request)
    form = ChangeAddressForm(request.POST if request.method == "POST" else None, person=request.user)
    status = 200
    if form.is_valid():
        try:
            refusal = _refusal(request, form.cleaned_data)
        except Locked:
            return locked_out(request)
        if refusal is None:
            request.session[SENT_TO] = form.cleaned_data["email"]
            return redirect(f"{reverse('accounts:email')}?envoye=1")
        field, sentence, status = refusal
        form.add_error(field, sentence)
    return render(request, "accounts/change_email.html", {"form": form}, status=status)


def _refusal(request, answers):
    """Ask for the link; return None, or field, sentence and status of a refusal. Raises Locked."""
    try:
        if prove(request, request.user.login, answers["password"]) is None:
            return "password", _("Ce mot de passe n’est pas le vôtre."), 200
        ask_address(request.user, email=answers["email"], client=client_address(request) or "")
    except MustWait as refusal:
        return None, patience_words(refusal.seconds), TOO_MANY
    except TooManyMails:
        return None, _("Trop de messages ont été demandés : recommencez dans une heure."), TOO_MANY
    return None


def _show_sent(request):
    """Show the one answer, whether the address is free or not."""
    context = {"email": request.session.get(SENT_TO, ""), "again_url": reverse("accounts:email")}
    return render(request, "accounts/link_sent.html", context | {"subject": "address"})


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request, token):
    """Show the new address and let its reader take it; only the person who asked may, signed in."""
    try:
        link = live_address_link(token, request.user)
        if request.method == "POST":
            return _changed(request, token)
    except LinkUnusable:
        context = {"again_url": reverse("accounts:email"), "login_url": "", "is_address": True}
        return keep_quiet(render(request, "accounts/link_unusable.html", context, status=410))
    return keep_quiet(render(request, "accounts/confirm_email.html", {"link": link}))


def _changed(request, token):
    try:
        person = change_address(token, user=request.user)
    except AlreadyRegistered:
        messages.error(
            request, _("Un autre compte a pris cette adresse entre-temps : la vôtre est inchangée.")
        )
        return redirect(PREFERENCES)
    update_session_auth_hash(request, person)
    messages.success(
        request, _("Votre adresse est changée : c’est avec elle que vous vous connecterez désormais.")
    )
    return redirect(PREFERENCES)
