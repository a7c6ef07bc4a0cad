"""Questions people ask, and their answers."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from categories.enums import FeedbackKind
from categories.faq.saying import has_said, say_once, say_solved
from categories.faq.tree import around, nested_questions
from categories.models import Category, FaqEntry


class OpinionForm(forms.Form):
    """Helpful or not: two buttons."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in list(FeedbackKind)[:2]])


@login_not_required
@require_safe
def questions(request):
    """Show the questions the visitor may read, under their headings."""
    return render(request, "categories/faq.html", {"root": nested_questions(request.user)})


@login_not_required
@require_safe
def entry(request, slug):
    """Answer one question, at an address that never changes; a heading shows what it holds."""
    found = _find(request, slug)
    if found is None:
        return _missing(request)
    context = {
        "entry": found,
        "themes": found.categories.fileable().order_by("position", "pk"),
        "around": around(found, request.user),
        "has_said": has_said(request.session, found),
    }
    return render(request, "categories/faq_entry.html", context)


@login_not_required
@require_POST
def opinion(request, slug):
    """Count whether an answer was helpful, once a session."""
    found, form = _find(request, slug), OpinionForm(request.POST)
    if found is None:
        return _missing(request)
    if not form.is_valid():
        raise BadRequest
    say_once(request.session, found, form.cleaned_data["kind"])
    messages.success(request, _("Merci. Votre avis nous aide à améliorer les réponses."))
    return redirect(found)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def solved(request, slug):
    """Count (POST) that an answer spared a request under a theme, then say so calmly."""
    theme = Category.objects.fileable().filter(slug=_theme_slug(request)).first()
    found = _find(request, slug, about=theme) if theme else None
    if found is None:
        return _missing(request)
    if request.method == "POST":
        say_solved(request.session, found, theme)
        return redirect(f"{request.path}?theme={theme.slug}")
    return render(request, "categories/faq_solved.html", {"entry": found, "theme": theme})


def _find(request, slug, *, about=None):
    rows = FaqEntry.objects.visible_to(request.user).select_related("parent").filter(slug=slug)
    return (rows.about(about) if about else rows).first()


def _theme_slug(request):
    given = request.POST if request.method == "POST" else request.GET
    return given.get("theme", "").replace("\0", "")


def _missing(request):
    """Say kindly, with the status that search engines and mail checkers expect, that nothing is here."""
    return render(request, "categories/faq_missing.html", status=404)
