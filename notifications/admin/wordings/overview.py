"""Every message of a theme: whose words it is in, drawn."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from categories.enums import RoleKind
from notifications.admin.wordings.access import ALL_THEMES, Place, name_of, page, theme_or_404
from notifications.models import MailWording
from notifications.wordings.texts import nearest
from notifications.wordings.writing import themes_worded_by
from notifications.wordings.zones import EDITABLE


@dataclass(frozen=True)
class Row:
    """A message, and the words that hold for it: None for ours."""

    place: Place
    wording: MailWording | None

    @property
    def is_here(self):
        """Whether they were written for this very theme."""
        category_id = self.place.category.pk if self.place.category else None
        return self.wording is not None and self.wording.category_id == category_id

    @property
    def source(self):
        """The theme they come from, by name."""
        return name_of(self.wording.category) if self.wording else ""

    @property
    def drawing(self):
        """The zones of the mail from top to bottom, and whether each is in other words than ours."""
        texts = self.wording.texts if self.wording else {}
        return [(zone, zone in texts) for zone in self.place.message.zones]


def words_mails(user):
    """Whether the words of mails are open to `user`."""
    return user.is_superuser or user.roles.filter(kind=RoleKind.MANAGER).exists()


@require_safe
def mail_wordings(request):
    """List the messages of one theme, those of the first one she words unless told."""
    if not words_mails(request.user):
        raise Http404
    themes = list(themes_worded_by(request.user).with_tree_fields())
    theme = _chosen(request, themes)
    context = {
        "themes": [(one.pk, f"{'– ' * one.tree_depth}{one.name}") for one in themes],
        "chosen": theme.pk if theme else ALL_THEMES,
        "theme_words": name_of(theme),
        "groups": _groups(theme) if themes or request.user.is_superuser else [],
        "address": reverse("admin:mail_wordings"),
    }
    return page(request, "gestion/wordings/overview.html", _("Textes des courriels"), **context)


def _chosen(request, themes):
    asked = request.GET.get("theme", "")
    if asked.isdecimal() and len(asked) < 10:
        return theme_or_404(request.user, int(asked))
    return None if request.user.is_superuser or not themes else themes[0]


def _groups(theme):
    held = nearest(theme.pk if theme else None, list(EDITABLE))
    rows = [Row(Place(theme, message), held.get(name)) for name, message in EDITABLE.items()]
    rows.sort(key=lambda row: str(row.place.message.label))
    return (
        (_("Au demandeur"), [row for row in rows if row.place.message.is_for_requester]),
        (_("Aux personnes invitées"), [row for row in rows if row.place.message.is_for_guests]),
        (_("Au service"), [row for row in rows if row.place.message.is_for_staff]),
    )
