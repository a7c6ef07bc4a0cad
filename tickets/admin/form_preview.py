"""« Comme le demandeur le voit »: the page of a request itself, which one may fill in; nothing is kept."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from categories.admin.form_editor.access import page, theme_or_404
from categories.questionnaire.versions import form_of
from categories.questionnaire.words import AnswerRow, answer_rows
from tickets.forms.filing import RequestForm, as_posted, typed_values
from tickets.forms.pieces import FILE
from tickets.models import DraftFile
from tickets.views.typing import only_files
from tickets.views.words import FILING_WORDS
from tickets.views.writing import with_items


@require_http_methods(["GET", "HEAD", "POST"])
def theme_form_preview(request, pk):
    """Show the draft, else the version in force, or the version `?version=`; « Essayer » judges answers."""
    theme = theme_or_404(request, pk)
    version = _version(theme, request.GET.get("version", ""))
    form = _form(request, theme, form_of(version))
    is_tried = form.is_bound and not only_files(request)
    is_good = is_tried and form.is_valid()
    if form.is_bound and not is_tried:
        form.errors.clear()  # one more item is not an answer to judge
    form.forget_files()
    context = {
        "version": version,
        "form": form,
        "is_good": is_good,
        "answers": _answers(form) if is_good else [],
        "words": FILING_WORDS,
    }
    title = _("Aperçu : %(theme)s") % {"theme": theme.name}
    return page(request, "gestion/form_editor/preview.html", title, theme, **context)


def _form(request, theme, definition):
    is_posted = request.method == "POST"
    return RequestForm(
        definition,
        as_posted(with_items(request, typed_values(request.POST))) if is_posted else None,
        category=theme,
        person=request.user,
        # They are kept nowhere: for this try, they are joined.
        files=[DraftFile(piece=name.removeprefix(FILE)) for name in request.FILES if name.startswith(FILE)],
    )


def _answers(form):
    message = form.cleaned_data["message"]
    words = [AnswerRow(str(form.fields["message"].label), "", [message])] if message else []
    return answer_rows(form.definition, form.answers) + words


def _version(theme, number):
    if not number:
        # The draft has the highest number: it was begun after every version published.
        return theme.form_versions.order_by("-number").first()
    is_number = number.isdecimal() and len(number) < 10
    version = theme.form_versions.filter(number=int(number)).first() if is_number else None
    if version is None:
        raise Http404
    return version
