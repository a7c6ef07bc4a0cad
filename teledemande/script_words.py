"""What the scripts of every page say: a sentence for each thing that happens, in the page’s language."""

from django.utils.translation import gettext_lazy as _

# Braces hold what the script knows: {name} of a file, {count}, {size}.
HOUSE_WORDS = {
    "units": _("octets ko Mo"),
    "remove": _("Retirer"),
    "removed": _("{name} est retiré."),
    "added": _("{name} est ajouté."),
    "too_heavy": _("{size} : trop lourd, retirez ce fichier"),
    "too_many": _("C’est plus que les {count} autorisés."),
    "to_send": _("Fichiers à envoyer : {count}."),
    "show_password": _("Afficher le mot de passe"),
    "hide_password": _("Masquer le mot de passe"),
    "password_strength": _("Solidité du mot de passe"),
    "password_0": _("Mot de passe trop court, 12 caractères au moins."),
    "password_1": _("Mot de passe faible."),
    "password_2": _("Mot de passe moyen."),
    "password_3": _("Mot de passe bon."),
    "password_4": _("Mot de passe très bon."),
}
