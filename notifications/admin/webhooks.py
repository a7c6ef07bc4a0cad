"""Webhooks: where they lead, what they tell, what each call answered. Secrets are shown once."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from notifications.models import Webhook
from notifications.webhooks.addresses import ForbiddenAddressError, check
from notifications.webhooks.services import (
    CALLS_SHOWN,
    call_again,
    renew_secret,
    save_webhook,
    try_webhook,
)
from notifications.webhooks.writing import events_told
from teledemande.fields import LineField
from teledemande.gestion import AdministratorsRoom
from tickets.admin.canned import managed_themes

_FIELDS = ("name", "category", "url", "events", "is_active")
# What the session holds of a secret, until the page shows it.
_SECRET = "webhook_secret"  # noqa: S105 -- a name in the session


class WebhookForm(forms.ModelForm):
    """A webhook; `user` is who writes (the admin makes a class for each page)."""

    user = None

    name = LineField(label=gettext_lazy("Nom"), max_length=100)
    url = LineField(
        label=gettext_lazy("Adresse URL"),
        help_text=gettext_lazy("Exemple : https://outils.example.org/tele-demande."),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "url", "spellcheck": "false"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Événements"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Choisissez au moins un événement.")},
    )

    class Meta:
        model = Webhook
        fields = _FIELDS

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["class"] = "form-control"
        self.fields["events"].choices = list(events_told().items())
        self.fields["category"].queryset = managed_themes(self.user)
        self.fields["category"].empty_label = _("Choisissez le thème")

    def clean_url(self):
        """Refuse what no webhook may call, as far as it is known without asking a name server."""
        try:
            check(self.cleaned_data["url"])
        except ForbiddenAddressError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data["url"]


@admin.register(Webhook)
class WebhookAdmin(AdministratorsRoom):
    """The webhooks of the themes somebody manages; all of them for administrators."""

    form = WebhookForm
    fields = _FIELDS
    change_form_template = "gestion/webhook.html"
    list_display = ("name", "category", "url", "is_active", "failures", "switched_off_at")
    ordering = ("name", "pk")

    def get_queryset(self, request):
        """Return those she may write."""
        return super().get_queryset(request).managed_by(request.user).select_related("category")

    def get_object(self, request, object_id, from_field=None):
        """Return the webhook; 404 for one that does not exist, as for one that is not hers."""
        webhook = super().get_object(request, object_id, from_field)
        if webhook is None:
            raise Http404
        return webhook

    # Whoever manages a theme; the queryset and the themes offered hide the rest.
    def has_module_permission(self, request):
        """Show the room to whoever may write one."""
        return request.user.is_staff and managed_themes(request.user).exists()

    def has_view_permission(self, request, webhook=None):
        """Let her read hers."""
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        """Let her add one."""
        return self.has_module_permission(request)

    def has_change_permission(self, request, webhook=None):
        """Let her change hers."""
        return self.has_module_permission(request)

    def get_form(self, request, webhook=None, **options):
        """Return the form of who writes."""
        form = super().get_form(request, webhook, **options)
        return type(form.__name__, (form,), {"user": request.user})

    def save_model(self, request, webhook, form, change):
        """Write through the service; keep the secret of a new one for the page that comes next."""
        if secret := save_webhook(webhook, by=request.user):
            request.session[_SECRET] = {"webhook": webhook.pk, "secret": secret}

    def response_add(self, request, webhook, post_url_continue=None):
        """Show the page of the new webhook, with its secret."""
        messages.success(request, _("Webhook créé."))
        return HttpResponseRedirect(_page(webhook))

    def render_change_form(self, request, context, *args, **options):
        """Show the secret if it is new, and the last calls."""
        webhook = context["original"]
        shown = request.session.get(_SECRET) if webhook else None
        if shown and shown["webhook"] == webhook.pk:
            del request.session[_SECRET]
            context["secret"] = shown["secret"]
        else:
            context["secret"] = ""
        context["calls"] = webhook.calls.select_related("event", "ticket")[:CALLS_SHOWN] if webhook else ()
        response = super().render_change_form(request, context, *args, **options)
        context["title"] = webhook.name if webhook else _("Nouveau webhook")
        return response

    # --- acts --------------------------------------------------------------------------------------
    def get_urls(self):
        """Serve the acts beside Django's pages."""
        wrap = self.admin_site.admin_view
        acts = (
            ("essayer/", self.try_view, "try"),
            ("secret/", self.secret_view, "secret"),
            ("rappeler/", self.again_view, "again"),
        )
        ours = [
            path(f"<int:pk>/{place}", wrap(view), name=f"notifications_webhook_{name}")
            for place, view, name in acts
        ]
        return [*ours, *super().get_urls()]

    @method_decorator(require_POST)
    def try_view(self, request, pk):
        """Call it with nothing to tell."""
        webhook = self._hers(request, pk)
        if try_webhook(webhook) is None:
            messages.warning(
                request, _("Rien n’est parti : le webhook est désactivé, ou un essai attend déjà.")
            )
        else:
            messages.success(request, _("Essai envoyé : rechargez la page pour lire la réponse."))
        return HttpResponseRedirect(f"{_page(webhook)}#appels")

    @method_decorator(require_POST)
    def secret_view(self, request, pk):
        """Give it another secret, shown once."""
        webhook = self._hers(request, pk)
        request.session[_SECRET] = {"webhook": webhook.pk, "secret": renew_secret(webhook)}
        return HttpResponseRedirect(_page(webhook))

    @method_decorator(require_POST)
    def again_view(self, request, pk):
        """Make the calls ticked again."""
        webhook = self._hers(request, pk)
        given = request.POST.getlist(ACTION_CHECKBOX_NAME)[:CALLS_SHOWN]
        keys = [int(key) for key in given if key.isascii() and key.isdecimal() and len(key) <= 18]
        count = call_again(webhook, keys)
        words = ngettext("%(count)d appel sera refait.", "%(count)d appels seront refaits.", count)
        messages.add_message(
            request, messages.SUCCESS if count else messages.WARNING, words % {"count": count}
        )
        return HttpResponseRedirect(f"{_page(webhook)}#appels")

    def _hers(self, request, pk):
        webhook = self.get_queryset(request).filter(pk=pk).first()
        if webhook is None:
            raise Http404
        return webhook


def _page(webhook):
    return reverse("admin:notifications_webhook_change", args=[webhook.pk])
