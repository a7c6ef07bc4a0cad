"""Where a webhook may call, however the address is written."""

import socket
import time
from ipaddress import ip_address

import pytest

from notifications.webhooks.addresses import (
    ForbiddenAddressError,
    UnknownNameError,
    check,
    is_public,
    parsed,
    resolve,
)

PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1", "192.0.2.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "fec0::1"),
)
# Other ways of writing 127.0.0.1 and 169.254.169.254.
DISGUISED = (
    *("2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "017700000001", "2852039166"),
    *(
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fe80::1]",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
    ),
    *("metadata.google.internal", "imprimante.local"),
)
ODD = (
    *("", "rien", "//outils.example.org", "ftp://outils.example.org/", "javascript:alert(1)", "https://"),
    *("https:///chemin", "https://outils.example.org:99999/", "https://outils.example.org:x/"),
    *(
        "https://a b.example.org/",
        "https://outils.example.org/é",
        "https://[::1/",
        "https://x\u2044y.example.org",
    ),
    *("https://u:p@outils.example.org/", "https://u@outils.example.org/", "https://" + "a" * 64 + ".org/"),
    *("https://outils.example.org/a\r\nX-Y:1", "https://outils.example.org/\0", f"https://a.org/{'a' * 500}"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_inside_is_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "193.51.100.1", "2001:660:5414::1", "64:ff9b::808:808"])
def test_outside_is_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", [*DISGUISED, *(one for one in PRIVATE if ":" not in one)])
def test_form_refuses_what_leads_inside_without_asking_a_name_server(host):
    with pytest.raises(ForbiddenAddressError, match="privé"):
        check(f"https://{host}/crochet")


@pytest.mark.parametrize("url", ODD, ids=range(len(ODD)))
def test_odd_addresses_are_refused(url):
    with pytest.raises(ForbiddenAddressError):
        check(url)


def test_public_addresses_and_names_are_taken():
    for url in ("https://outils.example.org/a?b=c", "https://8.8.8.8:8443/", "https://[2001:660:5414::1]/"):
        check(url)


def test_nothing_leaves_in_clear_in_production(settings):
    parsed("http://outils.example.org/")
    settings.PRODUCTION = True

    with pytest.raises(ForbiddenAddressError, match="en clair"):
        parsed("http://outils.example.org/")


def test_settings_open_a_private_network_and_no_other(settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = ["10.20.0.0/16", "fd12:3456::/32"]

    check("https://10.20.1.1/")
    check("https://[::ffff:10.20.1.1]/")
    check("https://[fd12:3456::1]/")
    for host in ("10.21.1.1", "127.0.0.1", "[fd12:3457::1]"):
        with pytest.raises(ForbiddenAddressError):
            check(f"https://{host}/")


def answer_with(monkeypatch, *addresses):
    """Have the name server answer with `addresses`; return the list of the names it was asked for."""
    asked = []

    def getaddrinfo(host, port, *_args, **_options):
        asked.append(host)
        families = [socket.AF_INET6 if ":" in one else socket.AF_INET for one in addresses]
        places = [(one, port, 0, 0) if ":" in one else (one, port) for one in addresses]
        return [(family, 1, 6, "", place) for family, place in zip(families, places, strict=True)]

    monkeypatch.setattr("notifications.webhooks.addresses.socket.getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
def test_name_that_leads_outside_and_inside_is_a_trap(monkeypatch, inside):
    answer_with(monkeypatch, "8.8.8.8", inside)

    with pytest.raises(ForbiddenAddressError):
        resolve(parsed("https://outils.example.org/"), 1)


def test_name_is_asked_for_once_and_its_addresses_are_those_connected_to(monkeypatch):
    asked = answer_with(monkeypatch, "8.8.8.8", "2001:660:5414::1")

    found = resolve(parsed("https://outils.example.org:8443/"), 1)

    assert found == [
        (socket.AF_INET, ("8.8.8.8", 8443)),
        (socket.AF_INET6, ("2001:660:5414::1", 8443, 0, 0)),
    ]
    assert asked == ["outils.example.org"]


def test_name_server_that_does_not_answer_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(
        "notifications.webhooks.addresses.socket.getaddrinfo", lambda *_args, **_options: time.sleep(3) or []
    )
    started = time.monotonic()

    with pytest.raises(UnknownNameError, match=r"outils\.example\.org"):
        resolve(parsed("https://outils.example.org/"), 0.2)
    assert time.monotonic() - started < 1
