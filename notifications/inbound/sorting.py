"""What a mail that came in is: an answer, or one of the things that must do nothing."""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from notifications.headers import LOOP, host
from notifications.inbound.addresses import Reply, bounced_mail, reply_of
from notifications.inbound.letters import Letter
from notifications.models import Fate

_AUTOMATIC_PRECEDENCE: Final = {"bulk", "junk", "auto_reply", "list"}
_AUTOMATIC_HEADERS: Final = ("x-autoreply", "x-autorespond", "list-id", "x-auto-response-for")
_FAILED_AUTHENTICATION: Final = re.compile(r"\b(?:dmarc|spf)=(?:fail|permerror)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sorted:
    """What is to be done of a mail, why in words, and the request and person its address names."""

    fate: Fate
    reason: str = ""
    reply: Reply | None = None


def sort(letter: Letter) -> Sorted:
    """Say what `letter` is. No query: who may answer is for the one who applies it."""
    reply = next((one for address in letter.recipients if (one := reply_of(address))), None)
    if letter.headers.get(LOOP.lower()) == host():
        return Sorted(Fate.LOOP, _("Ce courriel est l’un des nôtres, revenu."), reply)
    if _is_bounce(letter) or any(bounced_mail(address) for address in letter.recipients):
        return Sorted(Fate.BOUNCE, _("Un serveur dit qu’un courriel n’est pas arrivé."), reply)
    if _is_automatic(letter):
        return Sorted(Fate.AUTOMATIC, _("Réponse automatique : elle reste sans effet."), reply)
    if not letter.sender:
        return Sorted(Fate.QUARANTINED, _("Le courriel ne dit pas qui l’écrit."), reply)
    if _is_forged(letter):
        return Sorted(Fate.QUARANTINED, _("L’expéditeur n’est pas celui qu’il prétend (DMARC, SPF)."), reply)
    if reply is None:
        return Sorted(Fate.UNSIGNED, _("L’adresse ne désigne aucune demande."))
    return Sorted(Fate.APPLIED, reply=reply)


def _is_bounce(letter: Letter) -> bool:
    """Tell a report of delivery (RFC 3464), or what older servers send for one."""
    from_a_server = letter.sender.split("@")[0] in {"mailer-daemon", "postmaster"}
    return letter.content_type == "multipart/report" or from_a_server


def _is_automatic(letter: Letter) -> bool:
    """Tell what no person wrote (RFC 3834, § 5; RFC 5321, § 4.5.5 for the empty sender)."""
    headers = letter.headers
    says_so = headers.get("auto-submitted", "no").split(";")[0].strip().lower() != "no"
    has_no_sender = headers.get("return-path", "").strip() == "<>"
    precedence = headers.get("precedence", "").strip().lower()
    is_marked = any(name in headers for name in _AUTOMATIC_HEADERS)
    return says_so or has_no_sender or precedence in _AUTOMATIC_PRECEDENCE or is_marked


def _is_forged(letter: Letter) -> bool:
    """Tell what our own server says it could not authenticate (RFC 8601). What others say is not read."""
    server, _semicolon, results = letter.headers.get("authentication-results", "").partition(";")
    if not settings.INBOUND_AUTHSERV_ID or server.strip().lower() != settings.INBOUND_AUTHSERV_ID.lower():
        return False
    return bool(_FAILED_AUTHENTICATION.search(results))
