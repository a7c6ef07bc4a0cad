"""The form of a theme, edited without code by administrators and by those who manage the theme."""

from categories.admin.form_editor import documents, overview, pieces, questions
from teledemande.gestion import gestion

_FORM = "themes/<int:pk>/formulaire/"
_PAGES = {
    "": overview.theme_form,
    "commencer/": overview.theme_form_start,
    "versions/<int:number>/": overview.theme_form_version,
    "introduction/": overview.theme_form_introduction,
    "abandonner/": overview.theme_form_discard,
    "publier/": overview.theme_form_publish,
    "ajouter-une-question/": questions.theme_form_question_add,
    "question/<slug:name>/": questions.theme_form_question,
    "question/<slug:name>/deplacer/": questions.theme_form_question_move,
    "question/<slug:name>/retirer/": questions.theme_form_question_remove,
    "ajouter-une-piece/": pieces.theme_form_piece_add,
    "piece/<slug:name>/": pieces.theme_form_piece,
    "piece/<slug:name>/deplacer/": pieces.theme_form_piece_move,
    "piece/<slug:name>/retirer/": pieces.theme_form_piece_remove,
    "modeles/": documents.theme_form_models,
    "modeles/<uuid:uuid>/retirer/": documents.theme_form_model_remove,
}

site = gestion()
for route, view in _PAGES.items():
    site.add_page(_FORM + route, view, view.__name__)
site.add_to_index("edits_forms", overview.theme_forms_entry)
