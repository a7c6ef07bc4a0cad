"""No log tells the token of a link that opens something."""

import logging
import re

import pytest
from django.conf import settings
from django.urls import get_resolver

from teledemande.logs import DiscreetFormatter

TOKEN = "tres-secret"


def links(patterns, before=""):
    """Yield the addresses of the site that hold a token."""
    for pattern in patterns:
        address = f"{before}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from links(pattern.url_patterns, address)
        elif "<str:token>" in address:
            yield "/" + address.replace("<str:token>", TOKEN)


LINKS = sorted(links(get_resolver().url_patterns))


def test_links_are_known():
    assert [
        f"/compte/activer/{TOKEN}/",
        f"/compte/adresse-a-verifier/{TOKEN}/",
        f"/compte/adresse-electronique/{TOKEN}/",
        f"/compte/mot-de-passe/{TOKEN}/",
        f"/courriels/resumes/{TOKEN}/",
        f"/demandes/invitation/{TOKEN}/",
    ] == LINKS


@pytest.mark.parametrize("path", LINKS)
@pytest.mark.parametrize("end", ["", "?next=/", '" 200'])
def test_our_lines_hide_the_token(path, end):
    record = logging.makeLogRecord({"msg": f"GET {path}{end}"})

    line = DiscreetFormatter().format(record)

    assert line == f"GET {path}{end}".replace(TOKEN, "…")


@pytest.mark.parametrize("path", LINKS)
def test_the_web_server_hides_the_token(path):
    lines = (settings.BASE_DIR / "deploy" / "nginx" / "teledemande.conf").read_text(encoding="utf-8")
    hidden = re.findall(r"~(\^/\S+) /lien/;", lines)

    assert [one for one in hidden if re.search(one, path)] != []
