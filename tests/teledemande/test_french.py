"""French plurals: zero is singular, which only a catalogue can tell Django."""

import re
from pathlib import Path

import pytest
from django.utils.translation import ngettext

from tickets.files.sizes import size_words

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "categories", "notifications", "teledemande", "tickets")
PLURAL_CALL = re.compile(r'\bngettext(?:_lazy)?\(\s*"([^"]+)",\s*"([^"]+)"')


def _plurals():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield from PLURAL_CALL.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("count", "words"), [(0, "0 octet"), (1, "1 octet"), (2, "2 octets")])
def test_zero_is_singular(count, words):
    assert size_words(count).replace("\xa0", " ") == words


@pytest.mark.parametrize(("singular", "plural"), sorted(set(_plurals())))
def test_every_plural_of_the_code_is_in_the_catalogue(singular, plural):
    assert [ngettext(singular, plural, count) for count in (0, 1, 2)] == [singular, singular, plural]
