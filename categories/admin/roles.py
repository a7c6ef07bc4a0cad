"""Roles, for administrators. Everything is written by the services."""

from django import forms
from django.contrib import admin
from django.contrib.admin.actions import delete_selected
from django.utils.translation import gettext_lazy

from categories.admin.fields import LoginField, theme_field
from categories.models import Role
from categories.roles import grant_role, revoke_role
from teledemande.gestion import AdministratorsRoom


class RoleForm(forms.ModelForm):
    """Who, on which theme, to do what. The person is named by her login: no list of everybody."""

    login = LoginField(label=gettext_lazy("personne"))
    category = theme_field(label=gettext_lazy("thème"))

    class Meta:
        model = Role
        fields = ("category", "kind")

    def clean_login(self):
        """Give the role to the person named, and return her."""
        self.instance.user = self.cleaned_data["login"]
        return self.instance.user


class RoleKindForm(forms.ModelForm):
    """What a person already named may do on the same theme."""

    class Meta:
        model = Role
        fields = ("kind",)


@admin.register(Role)
class RoleAdmin(AdministratorsRoom):
    """Who handles what. The staff's admin opens with the first role and closes with the last."""

    actions = (delete_selected,)
    list_display = ("user", "category", "kind")
    list_select_related = ("user", "category")
    list_filter = ("kind",)
    search_fields = ("user__last_name", "user__first_name", "user__email", "category__name")
    search_help_text = gettext_lazy("Nom, adresse électronique ou thème.")
    ordering = ("user__last_name", "user__first_name", "category__position", "pk")

    def get_form(self, request, role=None, **options):
        """Ask for person and theme once: another person is another role."""
        return super().get_form(
            request, role, **options | {"form": RoleForm if role is None else RoleKindForm}
        )

    def get_fields(self, request, role=None):
        """Return the fields in the order they are read."""
        return ("login", "category", "kind") if role is None else ("user", "category", "kind")

    def get_readonly_fields(self, request, role=None):
        """Keep person and theme."""
        return () if role is None else ("user", "category")

    def has_delete_permission(self, request, role=None):
        """Let administrators take a role back."""
        return request.user.is_superuser

    def save_model(self, request, role, form, change):
        """Give the role, replacing the one she had there."""
        role.pk = grant_role(role.user, role.category, role.kind).pk

    def delete_model(self, request, role):
        """Take the role back."""
        revoke_role(role)

    def delete_queryset(self, request, roles):
        """Take each role back, so that the admin closes with the last one."""
        for role in roles.order_by("pk").select_related("user"):
            revoke_role(role)
