"""« Comme le demandeur le voit »: the real form, which one may fill in; nothing is kept."""

from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from categories.admin.form_editor.access import page, theme_or_404
from categories.admin.form_editor.rows import rows_of
from categories.questionnaire.form import QuestionnaireForm, is_asked
from categories.questionnaire.models_documents import model_choices
from categories.questionnaire.versions import form_of
from categories.questionnaire.words import answer_rows


@require_http_methods(["GET", "HEAD", "POST"])
def theme_form_preview(request, pk):
    """Show the draft, else the version in force, or the version `?version=`; « Essayer » judges answers."""
    theme = theme_or_404(request, pk)
    version = _version(theme, request.GET.get("version", ""))
    definition = form_of(version)
    # The words of the request are asked apart when one files: here every question is in its place.
    form = QuestionnaireForm(
        replace(definition, message=""),
        request.POST if request.method == "POST" else None,
        person=request.user,
    )
    is_tried = request.method == "POST" and "add_item" not in request.POST
    if form.is_bound and not is_tried:
        form.errors.clear()  # one more item is not an answer to judge
    context = {
        "version": version,
        "definition": definition,
        "form": form,
        "is_tried": is_tried,
        "is_good": is_tried and form.is_valid(),
        **_read(theme, definition, form),
    }
    return page(
        request,
        "gestion/form_editor/preview.html",
        _("Aperçu : %(theme)s") % {"theme": theme.name},
        theme,
        **context,
    )


def _read(theme, definition, form):
    is_good = form.is_bound and form.is_valid()
    asked = [one for one in definition.pieces if not is_good or is_asked(one, form.answers)]
    _questions, pieces = rows_of(definition.with_pieces(asked), models=model_choices(theme.pk))
    return {"pieces": pieces, "answers": answer_rows(definition, form.answers) if is_good else []}


def _version(theme, number):
    if not number:
        # The draft has the highest number: it was begun after every version published.
        return theme.form_versions.order_by("-number").first()
    is_number = number.isdecimal() and len(number) < 10
    version = theme.form_versions.filter(number=int(number)).first() if is_number else None
    if version is None:
        raise Http404
    return version
