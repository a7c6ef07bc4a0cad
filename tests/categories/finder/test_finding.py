"""What is found, for whom, and as soon as it is written."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from categories.enums import FaqAudience
from categories.faq.services import save_entry
from categories.finder.finding import MOST_THEMES, find
from categories.models import FaqEntry, FormVersion, Signpost
from categories.services import save_theme
from categories.signposts import save_signpost
from categories.tree import nest, read_searched
from tests import factories

TODAY = datetime.date(2026, 3, 2)
DAY = datetime.timedelta(days=1)


def search(asked, user=None):
    rows = read_searched()
    signposts = list(Signpost.objects.published())
    return find(asked, user=user or AnonymousUser(), rows=rows, roots=nest(rows), signposts=signposts)


def slugs(asked, user=None):
    return [one.theme.slug for one in search(asked, user).themes]


def titles(found):
    return ["".join(piece.text for piece in one.title) for one in found]


# --- themes ----------------------------------------------------------------------------------------------
def test_a_theme_is_found_as_soon_as_it_is_written_and_lost_as_soon_as_it_is_closed(transcripts):
    assert slugs("zygomorphe") == []

    transcripts.synonyms = "fleur zygomorphe\nlicorne"
    save_theme(transcripts)
    assert slugs("zygomorphes") == ["releve-de-notes"]

    transcripts.is_published = False
    save_theme(transcripts)
    assert slugs("zygomorphes") == []


def test_a_theme_below_an_unpublished_branch_is_not_found(transcripts, studies):
    assert slugs("relevé") == ["releve-de-notes"]

    studies.is_published = False
    save_theme(studies)

    assert slugs("relevé") == []


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        pytest.param({}, True, id="always"),
        pytest.param({"opens_on": TODAY + DAY}, False, id="not yet"),
        pytest.param({"opens_on": TODAY, "closes_on": TODAY}, True, id="today only"),
        pytest.param({"closes_on": TODAY - DAY}, False, id="no longer"),
    ],
)
def test_a_theme_is_found_on_the_days_it_is_open(time_machine, transcripts, dates, found):
    time_machine.move_to(datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC))
    for name, day in dates.items():
        setattr(transcripts, name, day)
    save_theme(transcripts)

    assert bool(slugs("relevé")) is found


def test_a_shipped_theme_without_synonyms_has_those_shipped_until_staff_write_theirs(service):
    theme = factories.LeafFactory(slug="cesure", name="Entracte", service=service)
    assert slugs("gap year") == ["cesure"]

    theme.synonyms = "intermède"
    save_theme(theme)

    assert [slugs("gap year"), slugs("intermède")] == [[], ["cesure"]]


def test_a_second_place_and_a_theme_replaced_lead_to_the_theme(transcripts, finances):
    factories.BranchFactory(name="Bulletins semestriels", parent=finances, alias_of=transcripts)
    factories.LeafFactory(name="Ancien palmarès", redirect_to=transcripts)

    assert slugs("semestriel") == ["releve-de-notes"]
    assert slugs("palmarès") == ["releve-de-notes"]


def test_the_words_of_the_form_in_force_lead_to_the_theme(transcripts, refunds):
    old = {"questions": [{"name": "a", "kind": "text", "label": "Numéro de licorne"}]}
    new = {
        "questions": [{"name": "a", "kind": "text", "label": "Date", "help": "Le jour du zeugme"}],
        "pieces": [{"name": "p", "label": "Attestation de lapidaire"}],
    }
    FormVersion.objects.create(category=transcripts, number=1, definition=old, published_at=_noon(1))
    assert slugs("licorne") == ["releve-de-notes"]

    FormVersion.objects.create(category=transcripts, number=2, definition=new, published_at=_noon(2))
    FormVersion.objects.create(category=refunds, number=1, definition=old)  # a draft: nobody sees it

    assert [slugs("licorne"), slugs("zeugme"), slugs("lapidaire")] == [
        [],
        ["releve-de-notes"],
        ["releve-de-notes"],
    ]


def _noon(day):
    return datetime.datetime(2026, 3, day, 12, tzinfo=datetime.UTC)


def test_a_name_counts_more_than_a_label_and_a_branch(studies, service):
    branch = factories.BranchFactory(name="Parking", parent=studies)
    factories.LeafFactory(slug="below", name="Autorisation", parent=branch, service=service)
    factories.LeafFactory(slug="named", name="Badge de parking", parent=studies, service=service, position=9)

    assert slugs("parking") == ["named", "below"]


def test_themes_found_are_bounded_and_equals_follow_the_tree(studies, service):
    for number in range(MOST_THEMES + 5):
        factories.LeafFactory(
            slug=f"theme-{number:02}", name="Badge", parent=studies, service=service, position=-number + 99
        )

    assert slugs("badge") == [f"theme-{number:02}" for number in range(14, 4, -1)]


def test_what_is_shown_says_where_the_theme_stands_and_for_whom(late_enrolment):
    late_enrolment.audience = ["exterieur", "etudiant", "inconnu"]
    save_theme(late_enrolment)
    (found,) = search("inscription tardive").themes

    assert found.branches == ("Études", "Inscription")
    assert [str(one) for one in found.audiences] == ["étudiants", "personnes extérieures"]
    assert [piece.text for piece in found.title if piece.is_found] == ["Inscription", "tardive"]


# --- questions -------------------------------------------------------------------------------------------
def _question(title, audience=FaqAudience.EVERYBODY, body="Une réponse.", themes=(), **fields):
    entry = FaqEntry.objects.create(slug=title.lower(), title=title, body=body, audience=audience, **fields)
    entry.categories.set(themes)
    return entry


def test_a_question_is_found_by_those_who_may_read_it(transcripts, lea, claire):
    for audience in FaqAudience:
        _question(f"Palindrome-{audience}", audience, themes=[transcripts])

    everybody = ["Palindrome-everybody"]
    assert sorted(titles(search("palindrome").answers)) == everybody
    assert sorted(titles(search("palindrome", lea).answers)) == [
        "Palindrome-everybody",
        "Palindrome-signed_in",
        "Palindrome-theme_users",
    ]
    assert "Palindrome-handlers" in titles(search("palindrome handlers", claire).answers)


def test_only_what_everybody_reads_leads_to_a_theme(transcripts):
    _question("Palindrome", FaqAudience.HANDLERS, themes=[transcripts])
    assert slugs("palindrome") == []

    _question("Anagramme", themes=[transcripts])
    assert slugs("anagramme") == ["releve-de-notes"]


def test_a_question_is_found_by_its_answer_and_gone_when_it_is_deleted(db):
    entry = _question("Horaires", body="Le guichet ferme à midi pour le solstice.")
    assert titles(search("solstice").answers) == ["Horaires"]

    entry.delete()
    assert search("solstice").answers == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"is_published": True}, id="published"),
        pytest.param({"synonyms": "palindrome"}, id="synonyms"),
    ],
)
def test_a_question_is_found_as_soon_as_staff_changed_anything_of_it(db, change):
    before = {"is_published": False, "title": "Palindrome"} if "is_published" in change else {}
    entry = _question(**({"title": "Horaires"} | before))
    assert search("palindrome").answers == []

    for name, value in change.items():
        setattr(entry, name, value)
    save_entry(entry, themes=[])

    assert [one.row for one in search("palindrome").answers] == [entry]


def test_a_question_opened_to_everybody_leads_to_its_theme(transcripts):
    entry = _question("Palindrome", FaqAudience.HANDLERS, themes=[transcripts])
    assert slugs("palindrome") == []

    entry.audience = FaqAudience.EVERYBODY
    save_entry(entry, themes=[transcripts])

    assert slugs("palindrome") == ["releve-de-notes"]


# --- elsewhere -------------------------------------------------------------------------------------------
def test_a_signpost_is_found_once_published(db):
    signpost = Signpost(
        slug="crous", title="Bourse", body="Au CROUS.", synonyms="DSE\ncité u", is_published=False
    )
    save_signpost(signpost)
    assert search("dse").signposts == []

    signpost.is_published = True
    save_signpost(signpost)
    assert [titles(search(asked).signposts) for asked in ("dse", "bourses", "cite u")] == [["Bourse"]] * 3


# --- anything --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked",
    ["", "   ", "?!…", "\x00", "a" * 10_000, "é" * 10_000, "mot " * 3_000, "%_\\'\"<script>", "\ud800", "🙈"],
)
def test_whatever_is_asked_is_harmless(transcripts, asked):
    assert not search(asked)


def test_an_empty_service_finds_nothing(db):
    assert not search("relevé de notes")
