"""The form of a theme: its versions, the one in preparation, and what is done with it as a whole."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from categories.admin.form_editor.access import done, on_draft, page, revision_of, theme_or_404, url_of
from categories.admin.form_editor.piece_form import IntroductionForm
from categories.admin.form_editor.rows import anchor_of, rows_of
from categories.questionnaire.checking import FORM, INTRODUCTION, PIECE, QUESTION
from categories.questionnaire.definition import read_definition
from categories.questionnaire.editing import (
    EditingRefusedError,
    FaultyFormError,
    discard_version,
    draft_of,
    faults_of,
    publish_version,
    set_introduction,
    start_version,
    themes_edited_by,
)
from categories.questionnaire.models_documents import model_choices


@require_safe
def theme_form(request, pk):
    """Show the form of a theme: the draft to edit, and its versions."""
    theme = theme_or_404(request, pk)
    versions = list(theme.form_versions.select_related("published_by").order_by("-number"))
    draft = next((one for one in versions if one.published_at is None), None)
    published = [one for one in versions if one.published_at is not None]
    context = {"draft": draft, "versions": published, "current": published[0] if published else None}
    if draft:
        context |= _draft_context(draft)
    elif published:
        # Published whole; but a shared list of answers may have changed since.
        context["is_faulty"] = bool(faults_of(published[0]))
    return page(
        request,
        "gestion/form_editor/overview.html",
        _("Formulaire : %(theme)s") % {"theme": theme.name},
        theme,
        **context,
    )


def _draft_context(draft):
    definition = read_definition(draft.definition)
    found = faults_of(draft)
    questions, pieces = rows_of(definition, found, model_choices(draft.category_id))
    return {
        "definition": definition,
        "questions": questions,
        "pieces": pieces,
        "message": definition.question(definition.message),
        "fault_count": len(found),
    }


@require_safe
def theme_form_version(request, pk, number):
    """Show a published version as it is, for ever."""
    theme = theme_or_404(request, pk)
    version = _published(theme, number)
    definition = read_definition(version.definition)
    questions, pieces = rows_of(definition, models=model_choices(theme.pk))
    title = _("Version %(number)s : %(theme)s") % {"number": number, "theme": theme.name}
    context = {
        "version": version,
        "definition": definition,
        "questions": questions,
        "pieces": pieces,
        "message": definition.question(definition.message),
        "draft": draft_of(theme),
    }
    return page(request, "gestion/form_editor/version.html", title, theme, **context)


@require_POST
def theme_form_start(request, pk):
    """Begin a version: a copy of the one in force, or of the version named."""
    theme = theme_or_404(request, pk)
    number = request.POST.get("version", "")
    base = _published(theme, int(number)) if number.isdecimal() and len(number) < 10 else None
    start_version(theme, base)
    messages.success(request, _("La nouvelle version est en préparation : personne d’autre ne la voit."))
    return redirect(url_of(theme, "theme_form"))


def _published(theme, number):
    versions = theme.form_versions.filter(published_at__isnull=False).select_related("published_by")
    version = versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


@on_draft
def theme_form_discard(request, editing):
    """Erase the draft, once confirmed."""
    if request.method == "POST":
        return done(
            request,
            editing,
            lambda: discard_version(editing.draft.pk, revision_of(request)),
            _("La version en préparation est abandonnée : la version en vigueur n’a pas changé."),
        )
    return page(
        request,
        "gestion/form_editor/discard.html",
        _("Abandonner la version en préparation"),
        editing.theme,
        draft=editing.draft,
    )


@on_draft
def theme_form_publish(request, editing):
    """Say what keeps the form from being published, or publish it once confirmed."""
    draft = editing.draft
    if request.method != "POST":
        return _publication(request, editing, faults_of(draft))
    try:
        publish_version(draft.pk, revision_of(request), request.user)
    except FaultyFormError as refusal:
        return _publication(request, editing, refusal.faults, refused=str(refusal))
    except EditingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        words = _(
            "La version %(number)s est publiée : les demandes déposées à partir de maintenant la suivent."
        )
        messages.success(request, words % {"number": draft.number})
    return editing.back()


def _publication(request, editing, found, refused=""):
    rows = [(fault, _subject(editing, fault.place), _mending_url(editing, fault.place)) for fault in found]
    title = _("Publier la version %(number)s") % {"number": editing.draft.number}
    context = {
        "draft": editing.draft,
        "definition": editing.definition,
        "rows": rows,
        "errors": bool(refused),
        "refused": refused,
    }
    return page(request, "gestion/form_editor/publish.html", title, editing.theme, **context)


def _subject(editing, place):
    """Return what the fault is about, in the author’s own words."""
    kind, _colon, name = place.partition(":")
    if kind in (INTRODUCTION, FORM):
        return {INTRODUCTION: _("Introduction"), FORM: _("Le formulaire entier")}[kind]
    things = [row.thing for row in _flat(rows_of(editing.definition)[kind == PIECE])]
    label = next((one.label for one in things if one.name == name), "")
    return label.strip() or _("Sans intitulé")


def _flat(rows):
    return [one for row in rows for one in (row, *row.inner)]


def _mending_url(editing, place):
    kind, _colon, name = place.partition(":")
    if kind == INTRODUCTION:
        return editing.url("theme_form_introduction")
    pages = {QUESTION: "theme_form_question", PIECE: "theme_form_piece"}
    # A name that is no name has no page: the form itself shows where it is.
    is_reachable = kind in pages and name.replace("_", "").isalnum() and name.isascii()
    return (
        editing.url(pages[kind], name) if is_reachable else editing.url("theme_form") + f"#{anchor_of(place)}"
    )


@on_draft
def theme_form_introduction(request, editing):
    """Edit what comes before the questions."""
    form = IntroductionForm(editing.definition, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            set_introduction(editing.draft.pk, revision_of(request), **form.cleaned_data)
        except EditingRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("L’introduction est enregistrée."))
            return editing.back()
    context = {"form": form, "main": list(form), "draft": editing.draft}
    return page(
        request, "gestion/form_editor/edit.html", _("Introduction du formulaire"), editing.theme, **context
    )


def theme_forms_entry(user):
    """Return whether the first page leads to the list of her themes; administrators have a room for it."""
    return not user.is_superuser and themes_edited_by(user).exists()
