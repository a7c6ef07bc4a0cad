"""The model documents of a theme: listed, added, taken out."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from categories.admin.form_editor.access import page, theme_or_404, url_of
from categories.questionnaire.models_documents import (
    NAME_MAX,
    ModelDocumentRefusedError,
    add_model_document,
    remove_model_document,
)
from teledemande.fields import LineField


class ModelDocumentForm(forms.Form):
    """A file, and the name requesters read."""

    name = LineField(
        label=gettext_lazy("Nom du modèle"),
        max_length=NAME_MAX,
        help_text=gettext_lazy("Exemple : formulaire de demande d’aménagement."),
    )
    upload = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("PDF, 10 Mo au plus."),
        widget=forms.FileInput(attrs={"class": "file-picker__input"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def theme_form_models(request, pk):
    """List the models of a theme, and take another one in."""
    theme = theme_or_404(request, pk)
    is_posted = request.method == "POST"
    form = ModelDocumentForm(request.POST, request.FILES) if is_posted else ModelDocumentForm()
    if form.is_valid():
        try:
            add_model_document(theme, form.cleaned_data["upload"], form.cleaned_data["name"])
        except ModelDocumentRefusedError as refusal:
            form.add_error("upload", str(refusal))
        else:
            messages.success(request, _("Le modèle est ajouté : choisissez-le dans une pièce."))
            return redirect(url_of(theme, "theme_form_models"))
    documents = theme.model_documents.order_by("name", "pk")
    title = _("Modèles à télécharger : %(theme)s") % {"theme": theme.name}
    return page(request, "gestion/form_editor/models.html", title, theme, form=form, documents=documents)


@require_POST
def theme_form_model_remove(request, pk, uuid):
    """Take a model out."""
    theme = theme_or_404(request, pk)
    document = theme.model_documents.filter(uuid=uuid).first()
    if document is None:
        raise Http404
    try:
        remove_model_document(document)
    except ModelDocumentRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le modèle est retiré."))
    return redirect(url_of(theme, "theme_form_models"))
