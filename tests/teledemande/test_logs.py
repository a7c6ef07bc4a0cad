"""No log tells the token of a single-use link."""

import logging
import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.urls import urlpatterns
from teledemande.logs import DiscreetFormatter

TOKEN = "tres-secret"
PAGES = [pattern.name for pattern in urlpatterns if "<str:token>" in str(pattern.pattern)]


def test_pages_of_links_are_known():
    assert PAGES == ["activate", "password", "confirm_email"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("end", ["", "?next=/", '" 200'])
def test_our_lines_hide_the_token(page, end):
    path = reverse(f"accounts:{page}", args=[TOKEN])
    record = logging.makeLogRecord({"msg": f"GET {path}{end}"})

    line = DiscreetFormatter().format(record)

    assert line == f"GET {path}{end}".replace(TOKEN, "…")


@pytest.mark.parametrize("page", PAGES)
def test_the_web_server_hides_the_token(page):
    lines = (settings.BASE_DIR / "deploy" / "nginx" / "teledemande.conf").read_text(encoding="utf-8")
    hidden = re.search(r"~(\^/compte/\S+) /compte/lien/;", lines)

    assert hidden
    assert re.search(hidden[1], reverse(f"accounts:{page}", args=[TOKEN]))
