"""What the scripts of a form say: one sentence for each thing that happens, in the language of the page."""

from django.utils.translation import gettext_lazy as _

# Braces hold what the script knows: {name} of a file, {count}, {at} an hour, {percent}, {seconds}.
FILING_WORDS = {
    "saved": _("Enregistré à {at}."),
    "saving": _("Enregistrement…"),
    "offline": _("Hors connexion : votre texte est gardé dans cette page. Nouvel essai dans {seconds} s."),
    "retrying": _("Hors connexion : votre texte est gardé dans cette page. Nouvel essai en cours…"),
    "went_offline": _("Hors connexion. Votre texte est gardé dans cette page."),
    "not_kept": _(
        "Votre texte n’a pas pu être enregistré. Ne fermez pas cette page : copiez d’abord ce que vous avez "
        "écrit."
    ),
    "wait_for_network": _(
        "Rien n’est envoyé : il n’y a pas de connexion. Votre texte est gardé dans cette page ; recommencez "
        "quand elle sera revenue."
    ),
    "one_more": _("Une question s’ajoute plus bas."),
    "some_more": _("{count} questions s’ajoutent plus bas."),
    "sending": _("{name} : envoi en cours"),
    "percent": _("Envoyé à {percent} %"),
    "waiting": _("En attente d’envoi"),
    "checking": _("Reçu, vérification en cours"),
    "cancel": _("Annuler l’envoi"),
    "cancelled": _("Envoi de {name} annulé."),
    "joined": _("{name} est joint."),
    "cut": _("L’envoi s’est arrêté à {percent} %."),
    "cut_said": _("L’envoi de {name} s’est arrêté. Vous pouvez le recommencer."),
    "again": _("Recommencer ce fichier"),
    "give_up": _("Ne pas joindre ce fichier"),
    "refused": _("{name} n’est pas joint"),
    "understood": _("Effacer ce message"),
    "too_big": _("Ce fichier dépasse {size} : il ne serait pas accepté."),
    "put_back": _("Remettre"),
    "is_back": _("{name} est remis."),
    "files_first": _(
        "Un fichier n’est pas parti : recommencez son envoi, ou choisissez de ne pas le joindre, puis "
        "continuez."
    ),
    "files_going": _("Vos fichiers finissent de partir ; la page suivante s’ouvrira toute seule."),
    "kept_list": _("Fichiers déjà joints"),
    "drop_here": _("Déposez vos fichiers ici"),
}
