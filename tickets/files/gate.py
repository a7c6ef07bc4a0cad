"""Who may open a file, given what the antivirus says of it, and the words that say why not.

Asked after the right to see it (tickets.querysets): a file one may not see does not exist.
"""

from django.utils.translation import gettext as _

from teledemande.french_dates import day_words
from tickets.files.antivirus import is_encrypted, is_set_up
from tickets.models import Verdict


def may_open(file, *, is_mine):
    """Whether the content of `file` is given to somebody who sees it.

    `is_mine`: she sent it, and her own file tells her nothing new. Infected, it is given to nobody.
    """
    if file.verdict == Verdict.INFECTED or _withdrawn_at(file):
        return False
    return is_mine or file.verdict != Verdict.PENDING


def words_on(file, *, is_mine, is_staff=False):
    """Return what the line of `file` says of its check; an empty string when there is nothing to say."""
    if withdrawn_at := _withdrawn_at(file):
        return _("retiré par son auteur le %(day)s") % {"day": day_words(withdrawn_at)}
    if file.verdict == Verdict.INFECTED:
        return _infected(file, is_mine=is_mine, is_staff=is_staff)
    if file.verdict == Verdict.PENDING:
        return "" if is_mine else _("en cours de vérification, réessayez dans un instant")
    if file.verdict == Verdict.UNREADABLE:
        return _unreadable(file)
    if file.verdict == Verdict.UNCHECKED and is_staff and is_set_up():
        return _("pas encore vérifié par l’antivirus")
    return ""


def _withdrawn_at(file):
    return getattr(file, "withdrawn_at", None)  # the files of a draft are removed, not withdrawn


def _infected(file, *, is_mine, is_staff):
    if is_staff:
        return _("infecté : %(finding)s, non téléchargeable") % {"finding": file.finding}
    if is_mine:
        return _("mis de côté : l’antivirus le juge dangereux. Envoyez-en un autre.")
    return _("mis de côté : l’antivirus le juge dangereux.")


def _unreadable(file):
    if is_encrypted(file.finding):
        return _("protégé par un mot de passe : l’antivirus n’a pas pu le lire")
    return _("trop grand ou trop complexe : l’antivirus n’a pas pu le lire")


def metadata_words(file):
    """Return what the line of a photograph says of its metadata; an empty string most of the time."""
    return _("ses métadonnées (lieu, appareil) n’ont pas pu être retirées") if file.keeps_metadata else ""
