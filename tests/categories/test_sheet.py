"""The public page of a theme: whom it is for, what to prepare, by when, what silence means."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from categories.loading import load_themes
from categories.management.commands.load_themes import SHIPPED
from categories.models import Category, FormVersion
from categories.questionnaire.definition import Definition, Piece, write_definition
from categories.questionnaire.enums import Requirement
from tests import factories
from tests.pages import words_of

FORMULATE = "Formuler cette demande"
TODAY = "2026-05-15T10:00:00+02:00"
ON_THE_SAME_DAY = "Pour une demande déposée aujourd’hui"


def page_of(browser, category, **changes):
    Category.objects.filter(pk=category.pk).update(**changes)
    return words_of(browser.get(reverse("categories:sheet", args=[category.slug])))


def test_sheet_says_what_it_is_and_for_whom(client, transcripts):
    words = page_of(
        client,
        transcripts,
        kind="appeal",
        audience=["etudiant", "association"],
        summary="Pour obtenir vos relevés.",
        response_deadline="1 mois",
        legal_basis="CRPA, L311-1",
    )

    for sentence in (
        "Recours",
        "Étudiants, associations",
        "Pour obtenir vos relevés.",
        "Délai de réponse 1 mois",
        "Fondement juridique : CRPA, L311-1.",
        "Service de la scolarité",
        "04 00 00 00 00",
        "scolarite@example.org",
        "58 boulevard de l’Exemple, 13000 Marseille",
        FORMULATE,
    ):
        assert sentence in words


REGIMES = {
    "acceptance": (
        {"silence_rule": "acceptance", "silence_months": 2},
        [
            "Sans réponse au bout de 2 mois, votre demande est acceptée.",
            "une attestation de cette acceptation",
        ],
    ),
    "refusal": (
        {"silence_rule": "refusal", "silence_months": 2, "recourse": "cada"},
        [
            "votre demande est refusée, et vous pouvez contester ce refus",
            "Comment contester un refus",
            "CADA",
        ],
    ),
    "none": (
        {"silence_rule": "none", "silence_months": None},
        ["Pour ce thème, le silence de l’université ne vaut pas décision."],
    ),
    "declaration": (
        {"silence_rule": "none", "silence_months": None, "kind": "declaration"},
        ["n’attend pas de décision"],
    ),
    "staff": (
        {"silence_rule": "refusal", "silence_months": 2, "is_sve": False},
        ["est refusée", "Demande d’un agent en tant qu’agent", "CRPA, L112-7"],
    ),
}


@pytest.mark.parametrize(("changes", "sentences"), REGIMES.values(), ids=REGIMES)
def test_silence_is_said_in_words(client, transcripts, changes, sentences):
    words = page_of(client, transcripts, **changes)

    assert [sentence for sentence in sentences if sentence not in words] == []
    assert ("Comment contester un refus" in words) is (changes.get("kind") != "declaration")
    assert (ON_THE_SAME_DAY in words) is bool(changes["silence_months"])


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("reception", f"{ON_THE_SAME_DAY}, ce délai va jusqu’au mercredi 15 juillet 2026 compris."),
        (
            "are_sent",
            f"{ON_THE_SAME_DAY}, si l’accusé part aujourd’hui, ce délai va jusqu’au mercredi 15 juillet 2026",
        ),
        (
            "complete_file",
            f"{ON_THE_SAME_DAY} avec un dossier complet, ce délai va jusqu’au mercredi 15 juillet 2026",
        ),
    ],
)
def test_last_day_supposes_what_starts_the_delay(client, transcripts, time_machine, start, sentence):
    time_machine.move_to(TODAY, tick=False)

    assert sentence in page_of(client, transcripts, start_event=start)


def test_sheet_of_a_theme_not_open_says_when_and_offers_nothing(client, transcripts, time_machine):
    time_machine.move_to(TODAY, tick=False)
    pages = {
        "later": page_of(client, transcripts, opens_on=date(2026, 6, 1)),
        "over": page_of(client, transcripts, opens_on=None, closes_on=date(2026, 5, 14)),
        "last day": page_of(client, transcripts, closes_on=date(2026, 5, 15)),
    }

    assert "Ouvert à partir du 1er juin 2026" in pages["later"]
    assert "Fermé depuis le 14 mai 2026 au soir" in pages["over"]
    assert "Ouvert jusqu’au 15 mai 2026 compris." in pages["last day"]
    assert {name: FORMULATE in page for name, page in pages.items()} == {
        "later": False,
        "over": False,
        "last day": True,
    }
    assert ON_THE_SAME_DAY not in pages["later"] + pages["over"]


@pytest.mark.parametrize(
    ("who", "audience", "remarked"),
    [
        ("marc", ["etudiant"], True),
        ("marc", ["etudiant", "exterieur"], False),
        ("marc", [], False),
        ("lea", ["entreprise"], True),
        ("lea", ["etudiant"], False),
    ],
)
def test_reader_the_theme_is_not_for_is_told_and_not_stopped(
    request, client_of, transcripts, who, audience, remarked
):
    words = page_of(client_of(request.getfixturevalue(who)), transcripts, audience=audience)

    assert ("Ce thème s’adresse plutôt à d’autres personnes" in words) is remarked
    assert FORMULATE in words


def test_reader_unknown_is_told_nothing_of_herself(client, transcripts):
    assert "plutôt à d’autres" not in page_of(client, transcripts, audience=["etudiant"])


def test_pieces_are_named_with_why_they_are_asked(client, transcripts):
    pieces = (
        Piece(
            name="releve",
            label="Relevé de notes",
            requirement=Requirement.LAW,
            legal_basis="Code de l’éducation, D612-8",
            exemption="études suivies à AMU (L113-12)",
        ),
        Piece(name="lettre", label="Lettre de motivation", help="Une page."),
    )
    FormVersion.objects.create(
        category=transcripts,
        number=1,
        definition=write_definition(Definition(pieces=pieces)),
        published_at=timezone.now(),
    )

    words = page_of(client, transcripts)

    required, _title, useful = words.partition("Utiles pour répondre plus vite")
    assert "Exigées par un texte Relevé de notes (Code de l’éducation, D612-8)" in required
    assert "Inutile dans ce cas : études suivies à AMU (L113-12)." in required
    assert "Vous pouvez déposer sans" in required
    assert "Lettre de motivation Une page." in useful


def test_theme_without_pieces_says_so(client, transcripts):
    assert "Aucune pièce n’est demandée" in page_of(client, transcripts)


def test_old_address_leads_to_what_replaces_the_theme(client, transcripts, refunds, finances):
    Category.objects.filter(pk=refunds.pk).update(redirect_to=transcripts, is_published=False)
    factories.BranchFactory(slug="bis", parent=finances, alias_of=transcripts)

    answers = [client.get(reverse("categories:sheet", args=[slug])) for slug in ("remboursement", "bis")]

    assert [(one.status_code, one["Location"]) for one in answers] == [
        (302, transcripts.get_absolute_url())
    ] * 2


def test_form_of_a_replaced_theme_leads_to_the_form_of_the_other(client_of, lea, transcripts, refunds):
    Category.objects.filter(pk=refunds.pk).update(redirect_to=transcripts)

    answer = client_of(lea).get(reverse("tickets:write", args=[refunds.slug]))

    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("tickets:write", args=[transcripts.slug]),
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_form_of_a_theme_not_open_leads_to_its_sheet(client_of, lea, transcripts, method):
    Category.objects.filter(pk=transcripts.pk).update(closes_on=date(2020, 1, 1))

    answer = getattr(client_of(lea), method)(reverse("tickets:write", args=[transcripts.slug]))

    assert (answer.status_code, answer["Location"]) == (302, transcripts.get_absolute_url())


@pytest.mark.parametrize("page", ["categories:sheet", "tickets:write"])
@pytest.mark.parametrize("slug", ["inconnu", "etudes", "cache"])
def test_what_has_no_page_is_not_found(client_of, lea, studies, page, slug):
    factories.LeafFactory(slug="cache", is_published=False)

    assert client_of(lea).get(reverse(page, args=[slug])).status_code == 404


def test_sheet_costs_few_queries(client, transcripts, django_assert_num_queries):
    address = reverse("categories:sheet", args=[transcripts.slug])

    with django_assert_num_queries(3):  # theme, form, questions
        client.get(address)


def test_every_shipped_sheet_is_shown(client, db):
    load_themes(SHIPPED.read_text(encoding="utf-8"))
    themes = Category.objects.fileable()

    words = {theme.slug: words_of(client.get(theme.get_absolute_url())) for theme in themes}

    assert len(words) == 69
    assert [slug for slug, page in words.items() if FORMULATE not in page or "Marseille" not in page] == []
