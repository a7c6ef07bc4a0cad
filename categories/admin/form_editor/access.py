"""Who reaches the form of a theme, and what every page of the editor needs of it."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from categories.models import Category, FormVersion
from categories.questionnaire.definition import Definition, read_definition
from categories.questionnaire.editing import EditingRefusedError, draft_of, themes_edited_by
from teledemande.gestion import gestion

NO_DRAFT = -1


@dataclass(frozen=True)
class Editing:
    """A theme, its draft and what the draft asks. `url` gives the addresses of the editor."""

    theme: Category
    draft: FormVersion
    definition: Definition

    def url(self, name, *args):
        """Return the address of the page `name` of this theme."""
        return url_of(self.theme, name, *args)

    def back(self, anchor=""):
        """Return to the form, at one of its questions or pieces."""
        return redirect(self.url("theme_form") + (f"#{anchor}" if anchor else ""))


def url_of(theme, name, *args):
    """Return the address of the page `name` of the editor, for `theme`."""
    return reverse(f"admin:{name}", args=[theme.pk, *args])


def theme_or_404(request, pk):
    """Return the theme whose form this person edits; 404 for any other, whether it exists or not."""
    theme = themes_edited_by(request.user).filter(pk=pk).first()
    if theme is None:
        raise Http404
    return theme


def on_draft(view):
    """Give `view(request, editing, …)` the draft of the theme; lead back to the form when there is none."""

    @wraps(view)
    def inner(request, pk, **kwargs):
        theme = theme_or_404(request, pk)
        draft = draft_of(theme)
        if draft is None:
            messages.warning(
                request, _("Ce formulaire n’est plus en préparation : il a été publié ou abandonné.")
            )
            return redirect(url_of(theme, "theme_form"))
        return view(request, Editing(theme, draft, read_definition(draft.definition)), **kwargs)

    return inner


def revision_of(request):
    """Return the revision the page was shown with; one no draft has when it is not a number."""
    posted = request.POST.get("revision", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else NO_DRAFT


def done(request, editing, act, sentence, anchor=""):
    """Run `act()`, say `sentence` or why it was refused, and return to the form."""
    try:
        act()
    except EditingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return editing.back(anchor)


def page(request, template, title, theme, **context: Any):
    """Return a page of the editor, from its template."""
    shared = gestion().each_context(request) | {"title": title, "theme": theme}
    return TemplateResponse(request, template, shared | context)
