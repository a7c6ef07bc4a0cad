"""The sheet of a theme as administrators and its managers edit it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from categories.admin.fields import LoginField, target_field, theme_field
from categories.enums import Audience
from categories.models import Category
from categories.services import check_theme

WORDS = ("summary", "audience", "synonyms", "response_deadline")
HANDLING = (
    *("assignment_rule", "default_priority", "mailbox", "mailbox_told", "closing_delay_days"),
    "time_asked",
)
VALIDITY = ("opens_on", "closes_on")
KEEPING = ("owner", "next_review_on", "note", "source")
PLACE = ("name", "slug", "parent", "position", "is_leaf", "alias_of", "redirect_to")
PUBLICATION = ("is_published", "is_confidential")
REGIME = (
    *("kind", "service", "is_sve", "manual_qualification", "silence_rule", "silence_months", "start_event"),
    *("legal_basis", "recourse", "silence_verified", "retention_months"),
)

HELP_TEXTS = {
    "summary": _("Deux ou trois phrases pour le demandeur : à quoi sert cette demande, et à qui."),
    "synonyms": _("Les mots des demandeurs, une expression par ligne : la recherche les connaît."),
    "response_deadline": _("Délai qu’un texte fixe ou que le service annonce, par exemple « 1 mois »."),
    "kind": _("Une déclaration ou une information n’attend pas de décision : le silence n’y vaut rien."),
    "manual_qualification": _("L’accusé de réception part quand un gestionnaire a qualifié la demande."),
    "assignment_rule": _("À qui la demande est confiée quand elle arrive. Personne ne reçoit la sienne."),
    "default_priority": _("Le demandeur ne la voit pas."),
    "closing_delay_days": _("Temps laissé au demandeur pour contester la clôture, en jours."),
    "time_asked": _("En minutes, pour les statistiques du service ; le demandeur ne le voit pas."),
    "is_sve": _("À décocher pour les demandes d’agents en tant qu’agents (CRPA, L112-7)."),
    "silence_rule": _("« Ne vaut pas décision » : seulement si un texte l’écarte, à citer plus bas."),
    "silence_months": _("De date à date ; vide quand le silence ne vaut pas décision."),
    "silence_verified": _("Coché quand la direction des affaires juridiques a validé ce régime."),
    "start_event": _("Ce qui fait partir le délai du silence."),
    "legal_basis": _("Le texte qui fixe le régime, par exemple « CRPA, L231-1 »."),
    "recourse": _("Où se conteste un refus : les voies et délais sont écrits dans chaque refus."),
    "slug": _("Adresse publique de la fiche : elle ne change plus, des liens y mèneront."),
    "position": _("Ordre parmi les thèmes rangés au même endroit, du plus petit au plus grand."),
    "is_leaf": _("Décoché : une branche, qui range d’autres thèmes et n’a ni service ni régime."),
    "is_published": _("Un thème se publie quand rien ne manque à son accusé de réception."),
    "opens_on": _("Avant ce jour, la fiche se lit mais aucune demande ne se dépose."),
    "next_review_on": _("Jour à partir duquel la liste des thèmes rappelle de relire cette fiche."),
    "note": _("Pour l’équipe : les demandeurs ne la voient pas."),
    "source": _("D’où viennent ces renseignements."),
}


def _day():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SheetForm(forms.ModelForm):
    """What the people who keep a theme write; what the database does not check is checked here."""

    audience = forms.MultipleChoiceField(
        label=_("à qui ce thème s’adresse"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("Rien de coché : tout le monde. Les autres peuvent tout de même déposer une demande."),
    )
    owner = LoginField(
        label=_("personne qui tient la fiche"),
        required=False,
        help_text=_("Identifiant CAS ou adresse électronique de la personne qui relit cette fiche."),
    )

    class Meta:
        model = Category
        fields: tuple[str, ...] = (*WORDS, *HANDLING, *VALIDITY, *KEEPING)
        help_texts = HELP_TEXTS
        widgets = {name: _day() for name in (*VALIDITY, "next_review_on")} | {
            name: forms.Textarea(attrs={"rows": 5}) for name in ("summary", "synonyms", "note", "source")
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["owner"] = self.instance.owner.login if self.instance.owner else ""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            check_theme(self.instance)
        except forms.ValidationError as refusal:
            for field, sentences in refusal.message_dict.items():
                # What a manager may not change is said above the fields she may.
                self.add_error(field if field in self.fields else None, sentences)


class ThemeForm(SheetForm):
    """The whole of a theme, its place in the tree and where its address leads included."""

    parent = theme_field(label=_("rangé sous"), required=False)
    alias_of = target_field(
        label=_("seconde place de"),
        help_text=_(
            "Cette place de l’arbre mène alors à ce thème, et n’a elle-même ni service ni régime : décochez "
            "« reçoit des demandes »."
        ),
    )
    redirect_to = target_field(
        label=_("remplacé par"),
        help_text=_("Les anciens liens mènent au thème choisi ; celui-ci ne reçoit plus de demandes."),
    )

    class Meta(SheetForm.Meta):
        fields = (*PLACE, *WORDS, *HANDLING, *REGIME, *PUBLICATION, *VALIDITY, *KEEPING)

    def clean(self):
        """Ask beside its field for the service the database would refuse to do without."""
        cleaned = super().clean()
        if cleaned.get("is_leaf") and "service" in cleaned and cleaned["service"] is None:
            self.add_error("service", _("Choisissez le service qui reçoit ces demandes."))
        return cleaned
