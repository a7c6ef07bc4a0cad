"""Lists of answers, for administrators. Everything is written by the services of the app."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.models import ChoiceItem, ChoiceList
from categories.services import save_choice, save_choice_list
from teledemande.gestion import AdministratorsRoom


@admin.register(ChoiceList)
class ChoiceListAdmin(AdministratorsRoom):
    """The lists the questions of several forms share."""

    list_display = ("name", "slug", "answers")
    ordering = ("name", "pk")

    @admin.display(description=gettext_lazy("réponses"))
    def answers(self, choice_list):
        """Lead to the answers of the list, which have a room of their own."""
        address = reverse(
            "admin:categories_choiceitem_changelist", query={"choice_list__id__exact": choice_list.pk}
        )
        hidden = format_html('<span class="visually-hidden"> {}</span>', choice_list.name)
        return format_html('<a href="{}">{}{}</a>', address, _("Voir les réponses"), hidden)

    def get_readonly_fields(self, request, choice_list=None):
        """Keep the name questions know the list by; lead to its answers."""
        return () if choice_list is None else ("slug", "answers")

    def save_model(self, request, choice_list, form, change):
        """Write through the service."""
        save_choice_list(choice_list)


@admin.register(ChoiceItem)
class ChoiceItemAdmin(AdministratorsRoom):
    """The answers of these lists: switched off rather than deleted, old requests bear them."""

    list_display = ("name", "choice_list", "position", "is_offered")
    list_select_related = ("choice_list",)
    list_filter = ("choice_list", "is_active")
    search_fields = ("name",)
    search_help_text = gettext_lazy("Nom de la réponse.")
    ordering = ("choice_list__name", "position", "pk")
    fields = ("choice_list", "name", "slug", "position", "is_active", "source")

    @admin.display(description=gettext_lazy("proposée"))
    def is_offered(self, item):
        """Say by a word whether the answer is offered."""
        return _("oui") if item.is_active else _("non")

    def get_readonly_fields(self, request, item=None):
        """Keep the list and the identifier of an answer requests may bear."""
        return () if item is None else ("choice_list", "slug")

    def save_model(self, request, item, form, change):
        """Write through the service."""
        save_choice(item)
