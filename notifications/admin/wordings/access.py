"""Who reaches the words of which mails, and what their pages share."""

from dataclasses import dataclass
from functools import wraps

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from categories.models import Category
from notifications.models import MailWording
from notifications.wordings.texts import nearest
from notifications.wordings.writing import themes_worded_by
from notifications.wordings.zones import EDITABLE, Message
from teledemande.gestion import gestion

ALL_THEMES = 0
NEVER_READ = -1


@dataclass(frozen=True)
class Place:
    """A message, for one theme and those below, or for every theme."""

    category: Category | None
    message: Message

    @property
    def row(self):
        """The words written here, in force or not; None when nobody ever wrote any."""
        return MailWording.objects.filter(category=self.category, message=self.message.name).first()

    @property
    def held(self):
        """The words that hold here, of this theme or of one above; None for ours."""
        theme_id = self.category.pk if self.category else None
        return nearest(theme_id, [self.message.name]).get(self.message.name)

    @property
    def held_above(self):
        """The words that would hold if none were written here; None for ours."""
        if self.category is None:
            return None
        return nearest(self.category.parent_id, [self.message.name]).get(self.message.name)

    @property
    def theme_words(self):
        """The theme as pages name it."""
        return name_of(self.category)

    def url(self, name="mail_wording"):
        """Return the address of a page of this message."""
        theme = self.category.pk if self.category else ALL_THEMES
        return reverse(f"admin:{name}", args=[theme, self.message.name])


def name_of(category):
    """Return the name of a theme, or that of them all."""
    return category.name if category else _("Tous les thèmes")


def theme_or_404(user, pk):
    """Return the theme whose mails `user` words, None for them all; 404 for any other."""
    if pk == ALL_THEMES and user.is_superuser:
        return None
    theme = themes_worded_by(user).filter(pk=pk).first()
    if theme is None:
        raise Http404
    return theme


def on_place(view):
    """Give `view(request, place)` the message of a theme; 404 for what is not hers to word."""

    @wraps(view)
    def inner(request, theme, message):
        category = theme_or_404(request.user, theme)
        if message not in EDITABLE:
            raise Http404
        return view(request, Place(category, EDITABLE[message]))

    return inner


def revision_of(request):
    """Return the version the page was shown with; one no text has when it is not a number."""
    posted = request.POST.get("revision", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else NEVER_READ


def page(request, template, title, **context):
    """Return a page of these rooms, from its template."""
    return TemplateResponse(request, template, gestion().each_context(request) | {"title": title} | context)
