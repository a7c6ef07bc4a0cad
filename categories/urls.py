"""Addresses of the themes."""

from django.urls import path

from categories.views import documents, faq, finder, signposts, themes

app_name = "categories"
urlpatterns = [
    path("themes/", finder.tree, name="tree"),
    path("ailleurs/", signposts.signposts, name="signposts"),
    path("ailleurs/<slug:slug>/", signposts.signpost, name="signpost"),
    path("themes/<slug:slug>/", themes.sheet, name="sheet"),
    path("themes/modeles/<uuid:uuid>/", documents.model, name="model"),
    path("questions-frequentes/", faq.questions, name="faq"),
    path("questions-frequentes/<slug:slug>/", faq.entry, name="faq_entry"),
    path("questions-frequentes/<slug:slug>/avis/", faq.opinion, name="faq_opinion"),
    path("questions-frequentes/<slug:slug>/resolue/", faq.solved, name="faq_solved"),
]
