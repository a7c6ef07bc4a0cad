"""On a page in English, what the staff wrote in French says that it is French (RGAA 8.7)."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from categories.models import FormVersion, Signpost

pytestmark = pytest.mark.django_db
_ALONE = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_WRITTEN = "Zygomorphe"  # stands in every text the staff wrote, in nothing of ours


class _Reader(HTMLParser):
    """Sorts the texts of the body by the language they are said to be in."""

    def __init__(self):
        super().__init__()
        self.languages, self.found = [("html", "")], {}

    def handle_starttag(self, tag, attrs):
        if tag not in _ALONE:
            self.languages.append((tag, dict(attrs).get("lang") or self.languages[-1][1]))

    def handle_endtag(self, tag):
        if tag not in _ALONE:
            assert self.languages.pop()[0] == tag

    def handle_data(self, text):
        if _WRITTEN in text and "title" not in [tag for tag, _language in self.languages]:
            self.found.setdefault(self.languages[-1][1], []).append(text.strip())


def languages_of_what_is_written(response):
    reader = _Reader()
    reader.feed(response.content.decode())
    return set(reader.found)


@pytest.fixture
def written(studies, transcripts, late_enrolment, service):
    """A theme, its branch, its service, its form and a signpost, each with the word."""
    for row, name in ((studies, "name"), (transcripts, "name"), (transcripts, "summary"), (service, "name")):
        setattr(row, name, f"{_WRITTEN} {name}")
        row.save()
    FormVersion.objects.create(
        category=transcripts,
        number=1,
        published_at=timezone.now(),
        definition={"pieces": [{"name": "p", "label": f"{_WRITTEN} p", "help": f"{_WRITTEN} q"}]},
    )
    return Signpost.objects.create(slug="sortie", title=f"{_WRITTEN} ailleurs", body=f"{_WRITTEN} là-bas.")


@pytest.mark.parametrize(
    "address",
    [
        "/themes/",
        "/themes/?q=zygomorphe&fragment=1",
        "/themes/releve-de-notes/",
        "/ailleurs/",
        "/ailleurs/sortie/",
    ],
)
def test_what_the_staff_wrote_says_that_it_is_french(client, written, address):
    client.cookies["td_language"] = "en"

    assert languages_of_what_is_written(client.get(address)) == {"fr"}


def test_the_theme_and_the_pieces_say_so_where_one_files(client_of, marc, written):
    marc.language = "en"
    marc.save()
    browser = client_of(marc)
    page = browser.get(reverse("tickets:write", args=["releve-de-notes"])).content.decode()

    assert f'<h1 lang="fr">{_WRITTEN} name</h1>' in page
    assert f'<span lang="fr">{_WRITTEN} p</span>' in page
