"""Canned answers: everybody's own, those of themes for their managers, the others for administrators."""

from django import forms
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from categories.enums import RoleKind
from categories.roles import themes_managed_by
from teledemande.fields import MessageField
from teledemande.gestion import AdministratorsRoom
from tickets.models import CannedAnswer, CannedScope, Ticket
from tickets.services.canned import check_canned_answer, save_canned_answer, use_canned_answer
from tickets.variables import VARIABLES, written

_TALL = 14  # lines of the text shown at once
_FIELDS = ("title", "text", "scope", "service", "category", "is_offered")


class CannedAnswerForm(forms.ModelForm):
    """A canned answer; `user` is who writes (the admin makes a class for each page)."""

    user = None

    text = MessageField(
        label=gettext_lazy("texte"),
        widget=forms.Textarea(attrs={"class": "form-control textarea", "rows": _TALL, "spellcheck": "true"}),
    )

    class Meta:
        model = CannedAnswer
        fields = _FIELDS

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["scope"].choices = [(scope.value, scope.label) for scope in scopes_of(self.user)]
        if "category" in self.fields:
            self.fields["category"].queryset = managed_themes(self.user)

    def clean(self):
        """Keep only the place that goes with who is offered the answer, and ask for it."""
        cleaned = super().clean()
        scope = cleaned.get("scope")
        self.instance.owner = self.user if scope == CannedScope.PERSONAL else None
        self._settle(cleaned, "service", scope == CannedScope.SERVICE, _("Choisissez le service."))
        self._settle(cleaned, "category", scope == CannedScope.THEME, _("Choisissez le thème."))
        return cleaned

    def _settle(self, cleaned, name, is_wanted, words):
        if not is_wanted:
            cleaned[name] = None
        elif not cleaned.get(name) and name in self.fields and name not in self.errors:
            self.add_error(name, words)

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            check_canned_answer(self.instance, self.user)
        except forms.ValidationError as refusal:
            self.add_error(None, refusal)


def scopes_of(user):
    """Return for whom `user` may write, what is hers first."""
    themes = [CannedScope.THEME] if managed_themes(user).exists() else []
    wide = [CannedScope.SERVICE, CannedScope.EVERYWHERE] if user.is_superuser else []
    return [CannedScope.PERSONAL, *themes, *wide]


def fields_for(user):
    """Return the fields of the form of `user`: no place she may not write for."""
    scopes = scopes_of(user)
    left_out = {"service": CannedScope.SERVICE not in scopes, "category": CannedScope.THEME not in scopes}
    return [name for name in _FIELDS if not left_out.get(name)]


def managed_themes(user):
    """Return the themes for which `user` may write, by name."""
    return themes_managed_by(user).order_by("name", "pk")


class CannedAnswerAdmin(AdministratorsRoom):
    """The answers somebody may write, how often each was used, what each said before."""

    form = CannedAnswerForm
    change_form_template = "gestion/canned_answer.html"
    list_display = ("title", "scope_words", "use_count", "updated_at", "is_offered")
    search_fields = ("title", "text")
    search_help_text = gettext_lazy("Titre ou texte.")
    ordering = ("title", "pk")
    fields = _FIELDS

    @property
    def media(self):
        """Load none of Django's scripts."""
        return forms.Media()

    def get_queryset(self, request):
        """Show each what is hers to write."""
        answers = super().get_queryset(request).managed_by(request.user)
        return answers.select_related("service", "category")

    def get_object(self, request, object_id, from_field=None):
        """Return the answer; 404 for one that does not exist, as for one that is not hers."""
        answer = super().get_object(request, object_id, from_field)
        if answer is None:
            raise Http404
        return answer

    # Everybody who handles requests has answers of her own; the queryset hides the rest.
    def has_module_permission(self, request):
        """Show the room to staff."""
        return request.user.is_staff

    def has_view_permission(self, request, answer=None):
        """Let staff read theirs."""
        return request.user.is_staff

    def has_add_permission(self, request):
        """Let staff add their own."""
        return request.user.is_staff

    def has_change_permission(self, request, answer=None):
        """Let staff change theirs."""
        return request.user.is_staff

    def scope_words(self, answer):
        """Return who is offered the answer, by name where there is one."""
        place = answer.service or answer.category
        return place.name if place else answer.get_scope_display()

    scope_words.short_description = gettext_lazy("proposée à")  # type: ignore[attr-defined]

    def get_form(self, request, answer=None, **options):
        """Return the form of who writes."""
        options["fields"] = fields_for(request.user)
        form = super().get_form(request, answer, **options)
        return type(form.__name__, (form,), {"user": request.user})

    def get_fields(self, request, answer=None):
        """Ask for no place she may not write for."""
        return fields_for(request.user)

    def render_change_form(self, request, context, *args, **options):
        """Show the variables and the versions beside the form."""
        answer = context["original"]
        context["variables"] = [(written(name), label) for name, label in VARIABLES.items()]
        context["versions"] = answer.versions.select_related("author")[:50] if answer else []
        context["title"] = answer.title if answer else _("Nouvelle réponse type")
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request, answer, form, change):
        """Write through the service."""
        save_canned_answer(answer, author=request.user)


def offered_answers(ticket, user):
    """Return the canned answers `user` may use on `ticket`, by scope: (label, answers). One query."""
    answers = CannedAnswer.objects.offered_to(user, ticket).only("title", "scope").order_by("title", "pk")
    order = (CannedScope.PERSONAL, CannedScope.THEME, CannedScope.SERVICE, CannedScope.EVERYWHERE)
    by_scope = {scope: [answer for answer in answers if answer.scope == scope] for scope in order}
    return [(_HEADINGS[scope], rows) for scope, rows in by_scope.items() if rows]


_HEADINGS = {
    CannedScope.PERSONAL: gettext_lazy("Les vôtres"),
    CannedScope.THEME: gettext_lazy("Du thème"),
    CannedScope.SERVICE: gettext_lazy("Du service"),
    CannedScope.EVERYWHERE: gettext_lazy("De tous"),
}


@require_POST
def canned_words(request, object_id):
    """Return the words of a canned answer for one request, as JSON: the page puts them where she writes."""
    tickets = Ticket.objects.staffed_by(request.user, RoleKind.HANDLER).with_people()
    ticket = tickets.filter(pk=object_id).first()
    if ticket is None:
        raise Http404
    words = chosen_words(request, ticket)
    if words is None:
        raise Http404
    return JsonResponse({"words": words})


def chosen_words(request, ticket):
    """Return the words of the answer chosen in the form, or None if none of those offered was."""
    chosen = request.POST.get("canned", "")
    if not chosen.isdecimal() or len(chosen) > 9:
        return None
    try:
        return use_canned_answer(int(chosen), ticket, request.user)
    except CannedAnswer.DoesNotExist:
        return None
