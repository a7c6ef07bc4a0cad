"""A theme whose receipt would lack a mention is not published, and says which."""

import pytest
from django.core.exceptions import ValidationError

from categories.enums import Kind, SilenceRule
from categories.models import Category
from categories.publication import check_service, missing_mentions
from categories.services import save_service, save_theme
from tests.factories import BranchFactory, LeafFactory, ServiceFactory, file_ticket

REGIME = {"silence_rule": "refusal", "silence_months": 2, "start_event": "reception"}
ASKING = [Kind.REQUEST, Kind.APPEAL, Kind.COMPLAINT]
TELLING = [Kind.DECLARATION, Kind.INFORMATION]


def fields_missing(category):
    return [mention.field for mention in missing_mentions(category)]


@pytest.mark.parametrize("kind", Kind)
def test_complete_theme_lacks_nothing(db, kind):
    assert fields_missing(LeafFactory.build(service=ServiceFactory(), kind=kind, **REGIME)) == []


@pytest.mark.parametrize("kind", ASKING)
@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"silence_months": None}, ["silence_months"]),
        ({"start_event": ""}, ["start_event"]),
        ({"legal_basis": " "}, ["legal_basis"]),
        ({"recourse": ""}, ["recourse"]),
        ({"silence_rule": ""}, ["silence_rule"]),
        ({"silence_rule": "none", "silence_months": None, "legal_basis": ""}, ["silence_rule"]),
        ({"silence_rule": "none", "silence_months": None, "legal_basis": "RGPD, article 12"}, []),
        (
            {"silence_months": None, "start_event": "", "legal_basis": "", "recourse": ""},
            ["silence_months", "start_event", "legal_basis", "recourse"],
        ),
    ],
)
def test_what_asks_for_a_decision_says_its_silence(db, kind, changes, missing):
    theme = LeafFactory.build(service=ServiceFactory(), kind=kind, **(REGIME | changes))

    assert fields_missing(theme) == missing


@pytest.mark.parametrize(
    "changes",
    [*({"kind": kind} for kind in TELLING), {"is_sve": False}],
    ids=["declaration", "information", "staff as staff"],
)
def test_what_asks_for_none_says_its_service_only(db, changes):
    theme = LeafFactory.build(service=ServiceFactory(), legal_basis="", silence_rule="none", **changes)

    assert fields_missing(theme) == []
    theme.service = None
    assert fields_missing(theme) == ["service"]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("name", "nom du service"),
        ("postal_address", "adresse postale du service"),
        ("email", "adresse électronique du service"),
        ("phone", "téléphone du service"),
    ],
)
def test_each_mention_of_the_service_is_named(db, field, name):
    theme = LeafFactory.build(service=ServiceFactory.build(pk=1, **{field: "  "}), **REGIME)

    assert [(mention.field, str(mention.name)) for mention in missing_mentions(theme)] == [("service", name)]


def test_a_branch_promises_no_receipt(db):
    assert fields_missing(BranchFactory()) == []


def test_a_theme_that_lacks_something_is_not_published(db):
    theme = LeafFactory(legal_basis="", is_published=False)
    theme.name = "Brouillon"
    save_theme(theme)  # a draft may be incomplete
    theme.is_published = True

    with pytest.raises(ValidationError) as refusal:
        save_theme(theme)

    assert list(refusal.value.message_dict) == ["silence_rule"]
    assert Category.objects.get().is_published is False


def test_a_published_theme_loses_no_mention(db):
    theme = LeafFactory(**REGIME)
    theme.legal_basis = ""

    with pytest.raises(ValidationError) as refusal:
        save_theme(theme)

    assert list(refusal.value.message_dict) == ["legal_basis"]


@pytest.mark.parametrize("field", ["name", "postal_address", "email", "phone"])
def test_a_service_loses_no_mention_its_published_themes_bear(db, field):
    service = LeafFactory().service
    setattr(service, field, " ")

    with pytest.raises(ValidationError) as refusal:
        save_service(service)

    assert list(refusal.value.message_dict) == [field]
    assert "Des thèmes publiés portent cette mention" in str(refusal.value)
    Category.objects.update(is_published=False)
    check_service(service)


def test_changing_a_theme_moves_no_request_already_filed(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)
    frozen = (
        *("is_sve", "silence_rule", "silence_months", "start_event", "service_id", "priority", "assignee_id"),
        *("status", "subject", "submitted_at"),
    )
    before = {name: getattr(ticket, name) for name in frozen}

    transcripts.kind = Kind.DECLARATION
    transcripts.is_sve = False
    transcripts.silence_rule = SilenceRule.NONE
    transcripts.silence_months = None
    transcripts.start_event = "complete_file"
    transcripts.service = ServiceFactory()
    transcripts.default_priority = 4
    transcripts.assignment_rule = "first_available"
    transcripts.is_published = False
    save_theme(transcripts)

    ticket.refresh_from_db()
    assert {name: getattr(ticket, name) for name in frozen} == before
