"""Pages that add, edit, move and take out one piece."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from categories.admin.form_editor.access import done, on_draft, page, revision_of
from categories.admin.form_editor.piece_form import PieceForm
from categories.questionnaire import editing as services
from categories.questionnaire.lists import offered_by
from categories.questionnaire.models_documents import model_choices


@on_draft
def theme_form_piece_add(request, editing):
    """Add a piece, after that named by `?apres=`."""
    given = request.POST if request.method == "POST" else request.GET
    after = given.get("apres", "")[:100]

    def write(piece):
        return services.add_piece(editing.draft.pk, revision_of(request), piece, after=after)

    return _serve(request, editing, None, write, _("Ajouter une pièce"), {"apres": after})


@on_draft
def theme_form_piece(request, editing, name):
    """Edit one piece."""
    piece = editing.definition.piece(name)
    if piece is None:
        return _gone(request, editing)

    def write(changed):
        return services.replace_piece(editing.draft.pk, revision_of(request), name, changed)

    return _serve(request, editing, piece, write, _("Modifier une pièce"), {})


def _serve(request, editing, piece, write, title, hidden):
    before = editing.definition.questions
    form = PieceForm(
        before,
        offered=offered_by(before),
        models=model_choices(editing.theme.pk),
        given=piece,
        data=request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        try:
            write(form.piece)
        except services.EditingRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La pièce est enregistrée."))
            return editing.back(f"piece-{piece.name}" if piece else "pieces")
    context = {"form": form, "main": list(form), "draft": editing.draft, "hidden": hidden, "thing": piece}
    return page(request, "gestion/form_editor/edit.html", title, editing.theme, **context)


@on_draft
def theme_form_piece_remove(request, editing, name):
    """Take a piece out, once confirmed."""
    piece = editing.definition.piece(name)
    if piece is None:
        return _gone(request, editing)
    if request.method == "POST":
        return done(
            request,
            editing,
            lambda: services.remove_piece(editing.draft.pk, revision_of(request), name),
            _("La pièce est retirée."),
            "pieces",
        )
    context = {"thing": piece, "dependents": [], "draft": editing.draft}
    return page(request, "gestion/form_editor/remove.html", _("Retirer une pièce"), editing.theme, **context)


@require_POST
@on_draft
def theme_form_piece_move(request, editing, name):
    """Move a piece one place up or down."""
    step = -1 if request.POST.get("sens") == "monter" else 1
    return done(
        request,
        editing,
        lambda: services.move_piece(editing.draft.pk, revision_of(request), name, step),
        _("La pièce est déplacée."),
        f"piece-{name}",
    )


def _gone(request, editing):
    messages.error(request, _("Cette pièce n’est plus dans le formulaire."))
    return editing.back()
