"""Where a webhook may call: public addresses, or the private networks the settings allow. Nothing else.

A name is resolved once and what it gives is checked, then connected to: a name server that answers otherwise
a moment later changes nothing. Addresses are judged once resolved, so that no way of writing one (decimal,
octal, mapped into IPv6) passes.
"""

import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

_IPV6_IN_USE = ip_network("2000::/3")
# Tunnels and documentation: they lead to an IPv4 address we did not check, or nowhere.
_IPV6_REFUSED = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# Of protocols, and of the metadata of some clouds; Python calls a part of it public.
_IPV4_REFUSED = ip_network("192.0.0.0/24")
_NAT64 = ip_network("64:ff9b::/96")
# Public in form, answered by the host of the machine (Azure).
_METADATA = frozenset({ip_address("168.63.129.16")})
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")
_LONGEST = 500


class ForbiddenAddressError(Exception):
    """The address is not one a webhook may call; `str(error)` says why, to whoever set it up."""


class UnknownNameError(Exception):
    """The name leads nowhere, today at least."""


@dataclass(frozen=True)
class Target:
    """The parts of an address."""

    is_encrypted: bool
    host: str
    port: int
    path: str


def parsed(url: str) -> Target:
    """Return the Target `url` names. Raises ForbiddenAddressError for what no webhook may call."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise ForbiddenAddressError(_("Cette adresse n’est pas valide.")) from error
    if parts.scheme not in ("https", "http"):
        raise ForbiddenAddressError(_("L’adresse doit commencer par https://."))
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or " " in url or not host:
        raise ForbiddenAddressError(_("Cette adresse n’est pas valide."))
    if parts.scheme == "http" and settings.PRODUCTION:
        raise ForbiddenAddressError(_("L’adresse doit commencer par https:// : rien ne part en clair."))
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddressError(_("L’adresse ne peut pas porter d’identifiant ni de mot de passe."))
    is_encrypted = parts.scheme == "https"
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(is_encrypted, host, port or (443 if is_encrypted else 80), path)


def check(url: str) -> None:
    """Refuse what can be refused without asking a name server, for the form. Raises ForbiddenAddressError."""
    target = parsed(url)
    try:
        # Numbers, however they are written.
        found = socket.getaddrinfo(target.host, target.port, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        name = f".{target.host.rstrip('.')}"
        if name.endswith(tuple(one if one[0] == "." else f".{one}" for one in _LOCAL_NAMES)):
            _refuse_unless_allowed(ip_address("127.0.0.1"))
        return
    for *_rest, place in found:
        _refuse_unless_allowed(_address(place))


def resolve(target: Target, seconds: float) -> list[tuple]:
    """Return what to connect to, (family, address) pairs, every one of them checked, in `seconds` at most.

    Raises ForbiddenAddressError if one of them is forbidden: a name that leads both outside and inside is a
    trap. Raises UnknownNameError when the name leads nowhere.
    """
    found: list = []
    # The system gives name servers a patience of its own.
    asking = threading.Thread(target=_ask, args=(target, found), daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise UnknownNameError(_("Le nom %(name)s est introuvable.") % {"name": target.host})
    for _family, place in found:
        _refuse_unless_allowed(_address(place))
    return found


def _ask(target: Target, found: list) -> None:
    try:
        answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    found.extend((family, place) for family, _type, _protocol, _name, place in answers)


def _address(place: tuple) -> Address:
    """Return the address of a socket's `place`, without the interface IPv6 may name."""
    return ip_address(str(place[0]).partition("%")[0])


def _refuse_unless_allowed(address: Address) -> None:
    real = _unwrapped(address)
    if any(real in network for network in _allowed_networks() if network.version == real.version):
        return
    if not is_public(real):
        raise ForbiddenAddressError(
            _("Cette adresse mène à un réseau privé ou réservé, qu’un webhook n’appelle pas.")
        )


def is_public(address: Address) -> bool:
    """Whether anybody on the internet may have `address`."""
    address = _unwrapped(address)
    if address in _METADATA or address.is_multicast or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return address not in _IPV4_REFUSED
    return address in _IPV6_IN_USE and not any(address in network for network in _IPV6_REFUSED)


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address behind an IPv6 one that is only another way of writing it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _allowed_networks() -> list:
    return [ip_network(network) for network in settings.WEBHOOK_ALLOWED_NETWORKS]
