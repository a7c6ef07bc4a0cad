"""The page of the words of one message: drawn as the mail, with its preview and its versions."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.admin.wordings.access import Place, name_of, on_place, page, revision_of
from notifications.admin.wordings.form import LANGUAGES, WordingForm, initial_of, variable_choices
from notifications.admin.wordings.history import compared_texts, versions_of
from notifications.admin.wordings.paper import parts_of
from notifications.admin.wordings.shown import show, with_sheets
from notifications.wordings.writing import StaleWordingError, save_wording
from tickets.variables import written

PREVIEW, INSERT = "preview", "insert"


@require_http_methods(["GET", "HEAD", "POST"])
@on_place
def mail_wording(request, place):
    """Show the words, preview what is typed, or write it."""
    if request.method != "POST":
        held = place.held
        form = WordingForm(place.message, initial=initial_of(place.message, held.texts if held else {}))
        return _page(request, place, form, revision=_version(place.row))
    if INSERT in request.POST:
        return _page(request, place, _inserted(request, place), revision=revision_of(request))
    form = WordingForm(place.message, request.POST)
    if PREVIEW in request.POST or not form.is_valid():
        return _page(request, place, form, revision=revision_of(request))
    return _save(request, place, form)


def _save(request, place, form):
    texts = form.texts(form.cleaned_data)
    try:
        save_wording(
            place.category, place.message.name, texts, author=request.user, revision=revision_of(request)
        )
    except StaleWordingError as refusal:
        form.add_error(
            None,
            _(
                "Quelqu’un a changé ce texte pendant que vous écriviez. Rien de ce que vous "
                "avez écrit n’est perdu : comparez ci-dessous, puis enregistrez de nouveau."
            ),
        )
        return _page(request, place, form, revision=refusal.wording.version, stale=refusal.wording)
    messages.success(request, _("Texte du courriel enregistré."))
    return redirect(place.url())


def _inserted(request, place):
    """Return the form with the variable chosen at the end of the field chosen."""
    posted = request.POST.copy()
    name, field = posted.get("variable", ""), posted.get("field", "")
    form = WordingForm(place.message, initial=posted.dict())
    if field in form.fields and name in place.message.variables:
        form.initial[field] = f"{posted.get(field, '').rstrip()} {written(name)}".lstrip()
    return form


def _version(row):
    return row.version if row else 0


def _page(request, place, form, *, revision, stale=None):
    texts = form.texts(form.typed())
    shown = show(request, place, texts)
    row = place.row
    context = {
        "place": place,
        "form": form,
        "parts": parts_of(place.message, form),
        "fields": [(bound.name, bound.label) for bound in form],
        "variables": variable_choices(place.message),
        "languages": LANGUAGES.items(),
        "revision": revision,
        "shown": shown,
        "row": row,
        "versions": versions_of(row, place.message),
        "changes": compared_texts(place.message, stale.texts, texts) if stale else [],
        **_state(place, row),
    }
    title = _("%(message)s – %(theme)s") % {"message": place.message.label, "theme": place.theme_words}
    response = page(request, "gestion/wordings/editor.html", title, **context)
    return with_sheets(request, response, shown.html)


def _state(place: Place, row):
    above = place.held_above
    is_here = row is not None and row.is_in_force
    return {
        "is_here": is_here,
        "is_original": is_here and not row.texts,
        "above": name_of(above.category) if above else "",
        "revert_url": place.url("mail_wording_revert"),
        "restore_url": place.url("mail_wording_restore"),
    }
