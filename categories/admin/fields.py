"""Fields the rooms of themes, roles and lists share."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.models import Category

_INDENT = "\u2003"


class ThemeChoiceField(forms.ModelChoiceField):
    """A theme, indented by its place in the tree."""

    def label_from_instance(self, category):
        """Return the name, indented."""
        return _INDENT * category.tree_depth + category.name


class TargetChoiceField(forms.ModelChoiceField):
    """A theme that takes requests, with the branch it stands in."""

    def label_from_instance(self, category):
        """Return the name, and that of its branch."""
        return f"{category.name} ({category.parent.name})" if category.parent else category.name


class LoginField(forms.CharField):
    """Somebody named by her login: no list of everybody. Its value is the person, or None."""

    default_help = gettext_lazy("Identifiant CAS, ou adresse électronique d’un compte externe.")

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
        super().__init__(**{"max_length": 330, "widget": widget, "help_text": self.default_help} | options)

    def clean(self, value):
        """Return the active person who signs in so; refuse a login nobody has."""
        login = super().clean(value).strip().lower()
        if not login:
            return None
        identities = Q(identity=f"cas:{login}") | Q(identity=f"mail:{login}")
        person = get_user_model().objects.filter(identities, is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("Personne ne se connecte ainsi. La personne doit s’être connectée une première fois.")
            )
        return person


def theme_field(**options):
    """Return a field to choose a theme of the whole tree."""
    return ThemeChoiceField(queryset=Category.objects.with_tree_fields(), widget=_select(), **options)


def target_field(**options):
    """Return a field to choose a theme that takes requests, by name."""
    themes = Category.objects.filter(is_leaf=True).select_related("parent").order_by("name", "pk")
    return TargetChoiceField(queryset=themes, widget=_select(), required=False, **options)


def _select():
    return forms.Select(attrs={"class": "form-select"})
