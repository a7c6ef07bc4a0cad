"""Reading what a CAS server writes: the answer about a ticket, and the order to log out.

https://apereo.github.io/cas/7.0.x/protocol/CAS-Protocol-Specification.html (§ 2.5 and 2.3.3). Both are XML
from outside: defusedxml refuses entities.
"""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

CAS = "{http://www.yale.edu/tp/cas}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
MAX_LOGOUT_CHARACTERS = 8192
# Failures that are the server's, not the ticket's.
_SERVER_FAILURES = frozenset({"INTERNAL_ERROR", "UNAUTHORIZED_SERVICE"})


class CASUnavailable(Exception):  # noqa: N818 -- a state of the world
    """The CAS server does not answer, or not in the words of the protocol."""


class MalformedLogout(ValueError):  # noqa: N818 -- a refusal, not a failure
    """What was posted is no logout request."""


@dataclass(frozen=True)
class Proof:
    """What a valid ticket proves: a login, and attributes that are always lists."""

    login: str
    attributes: dict[str, list[str]] = field(default_factory=dict)


def read_validation(body: bytes) -> Proof | None:
    """Return what the answer `body` proves, or None if the ticket is refused. Raises CASUnavailable."""
    root = _parsed(body, CASUnavailable)
    if root.tag != f"{CAS}serviceResponse":
        raise CASUnavailable
    success = root.find(f"{CAS}authenticationSuccess")
    if success is None:
        _require_refusal(root.find(f"{CAS}authenticationFailure"))
        return None
    login = (success.findtext(f"{CAS}user") or "").strip()
    return Proof(login, _attributes(success)) if login else None


def _require_refusal(failure: Element | None) -> None:
    if failure is None or failure.get("code", "") in _SERVER_FAILURES:
        raise CASUnavailable


def _attributes(success: Element) -> dict[str, list[str]]:
    """Return every attribute as a list, given once or several times."""
    read: dict[str, list[str]] = {}
    for element in success.findall(f"{CAS}attributes/*"):
        name = element.tag.rpartition("}")[2]
        read.setdefault(name, []).append((element.text or "").strip())
    return read


def read_logout(message: str) -> list[str]:
    """Return the tickets whose sessions must end. Raises MalformedLogout."""
    if len(message) > MAX_LOGOUT_CHARACTERS:
        raise MalformedLogout
    root = _parsed(message, MalformedLogout)
    tickets = [(element.text or "").strip() for element in root.findall(f"{SAMLP}SessionIndex")]
    if root.tag != f"{SAMLP}LogoutRequest" or not any(tickets):
        raise MalformedLogout
    return [ticket for ticket in tickets if ticket]


def _parsed(text, refusal) -> Element:
    try:
        return fromstring(text)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise refusal from error
