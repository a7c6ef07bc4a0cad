"""Pages that add, edit, move and take out one question."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from categories.admin.form_editor.access import done, on_draft, page, revision_of
from categories.admin.form_editor.question_form import QuestionForm
from categories.models import ChoiceList
from categories.questionnaire import arranging
from categories.questionnaire import editing as services
from categories.questionnaire.arranging import NoSuchThingError
from categories.questionnaire.definition import Question
from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.lists import ACADEMIC_YEARS, offered_by
from categories.questionnaire.reach import places

GONE = gettext_lazy("Cette question n’est plus dans le formulaire.")
# What each kind is for, said to whoever chooses one.
HINTS = {
    QuestionKind.SHORT_TEXT: gettext_lazy("Une ligne : un nom, un intitulé de formation."),
    QuestionKind.LONG_TEXT: gettext_lazy("Plusieurs lignes : une explication, un récit."),
    QuestionKind.NUMBER: gettext_lazy("Une somme, une durée, un nombre de crédits."),
    QuestionKind.DATE: gettext_lazy("Un jour, choisi dans un calendrier."),
    QuestionKind.DATETIME: gettext_lazy("Un jour et une heure."),
    QuestionKind.CHOICE: gettext_lazy("Une seule réponse parmi celles que vous proposez."),
    QuestionKind.SEVERAL: gettext_lazy("Une ou plusieurs réponses parmi celles que vous proposez."),
    QuestionKind.YES_NO: gettext_lazy("Une question fermée, qui peut en commander d’autres."),
    QuestionKind.URL: gettext_lazy("L’adresse d’une page."),
    QuestionKind.EMAIL: gettext_lazy("Une adresse de courriel, vérifiée dans sa forme."),
    QuestionKind.PHONE: gettext_lazy("Un numéro de France ou d’ailleurs."),
    QuestionKind.INE: gettext_lazy("Onze signes."),
    QuestionKind.SIRET: gettext_lazy("Quatorze chiffres, dont la clé est vérifiée."),
    QuestionKind.RNA: gettext_lazy("La lettre W et neuf signes."),
    QuestionKind.IBAN: gettext_lazy("Vérifié, puis montré masqué."),
    QuestionKind.HEADING: gettext_lazy("Pour séparer deux parties : rien n’est demandé."),
    QuestionKind.BLOCK: gettext_lazy("Des questions posées plusieurs fois : une par enfant, par séjour…"),
}


def shared_lists():
    """Return the shared lists of answers, as choices."""
    lists = ChoiceList.objects.order_by("name", "pk").values_list("slug", "name")
    return [(ACADEMIC_YEARS, _("Années universitaires")), *lists]


@on_draft
def theme_form_question_add(request, editing):
    """Add a question: its kind first, then what that kind needs. `?apres=` and `?bloc=` say where."""
    given = request.POST if request.method == "POST" else request.GET
    after, block, kind = (given.get(name, "")[:100] for name in ("apres", "bloc", "nature"))
    if kind not in QuestionKind.values or (block and kind == QuestionKind.BLOCK):
        return _choose_kind(request, editing, after, block)
    empty = Question(name="", kind=QuestionKind(kind), label="", max_items=5)
    try:
        home = arranging.add_question(editing.definition, empty, after=after, block=block)
    except NoSuchThingError:
        return _gone(request, editing)
    place = next(one for one in places(home) if one.thing.name == "")

    def write(question):
        return services.add_question(
            editing.draft.pk, revision_of(request), question, after=after, block=block
        )

    hidden = {"nature": kind, "apres": after, "bloc": block}
    title = _("Ajouter une question : %(kind)s") % {"kind": QuestionKind(kind).label}
    return _serve(request, editing, place, write, title, hidden)


def _choose_kind(request, editing, after, block):
    kinds = [
        (kind, label, HINTS[QuestionKind(kind)])
        for kind, label in QuestionKind.choices
        if not (block and kind == QuestionKind.BLOCK)
    ]
    context = {"kinds": kinds, "after": after, "inside": block}
    return page(
        request,
        "gestion/form_editor/kind.html",
        _("Ajouter une question : quelle réponse attendez-vous ?"),
        editing.theme,
        **context,
    )


@on_draft
def theme_form_question(request, editing, name):
    """Edit one question; its kind stays."""
    place = _place(editing, name)
    if place is None:
        return _gone(request, editing)

    def write(question):
        return services.replace_question(editing.draft.pk, revision_of(request), name, question)

    return _serve(
        request,
        editing,
        place,
        write,
        _("Modifier une question : %(kind)s") % {"kind": place.thing.kind.label},
        {},
    )


def _serve(request, editing, place, write, title, hidden):
    form = QuestionForm(
        place.thing.kind,
        place,
        offered=offered_by((*place.before, place.thing)),
        lists=shared_lists(),
        given=place.thing,
        data=request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        try:
            write(form.question)
        except services.EditingRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La question est enregistrée."))
            return editing.back(f"question-{place.thing.name}" if place.thing.name else "questions")
    context = {"form": form, "main": form.main, "rare": form.rare, "draft": editing.draft, "hidden": hidden}
    return page(request, "gestion/form_editor/edit.html", title, editing.theme, thing=place.thing, **context)


@on_draft
def theme_form_question_remove(request, editing, name):
    """Take a question out, once confirmed."""
    place = _place(editing, name)
    if place is None:
        return _gone(request, editing)
    if request.method == "POST":
        return done(
            request,
            editing,
            lambda: services.remove_question(editing.draft.pk, revision_of(request), name),
            _("La question est retirée."),
            "questions",
        )
    dependents = [one.thing for one in places(editing.definition) if _depends_on(one.thing, name)]
    context = {"thing": place.thing, "dependents": dependents, "draft": editing.draft}
    return page(
        request, "gestion/form_editor/remove.html", _("Retirer une question"), editing.theme, **context
    )


@require_POST
@on_draft
def theme_form_question_move(request, editing, name):
    """Move a question one place up or down."""
    step = -1 if request.POST.get("sens") == "monter" else 1
    return done(
        request,
        editing,
        lambda: services.move_question(editing.draft.pk, revision_of(request), name, step),
        _("La question est déplacée."),
        f"question-{name}",
    )


def _place(editing, name):
    found = (one for one in places(editing.definition) if isinstance(one.thing, Question))
    return next((one for one in found if one.thing.name == name), None)


def _depends_on(thing, name):
    return thing.condition is not None and thing.condition.question == name


def _gone(request, editing):
    messages.error(request, str(GONE))
    return editing.back()
