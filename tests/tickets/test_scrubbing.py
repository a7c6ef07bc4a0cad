"""Persons are taken out of a text; what the service publishes of itself stays."""

import pytest

from tickets.solutions.known import Known
from tickets.solutions.scrubbing import as_text, found_in, scrubbed

KNOWN = Known(
    names=frozenset({"Léa Fontaine", "Léa", "Fontaine", "Anne-Marie", "Anne", "Marie", "D’Arc"}),
    emails=frozenset({"lea.fontaine@etu.example.org", "lea.fontaine"}),
    numbers=frozenset({"+33465710011", "21304567", "123456789AB", "E123456"}),
    lines=frozenset({"12 rue des Lilas, bâtiment B", "13100 Aix-en-Provence"}),
    service=frozenset(
        {"scolarite@example.org", "04 00 00 00 00", "58 boulevard de la Fontaine, 13000 Marseille"}
    ),
)

TAKEN_OUT = [
    ("Bonjour Léa, merci.", "Bonjour [nom], merci."),
    ("Bonjour LEA FONTAINE,", "Bonjour [nom],"),
    ("Mme Fontaine et Lea", "Mme [nom] et [nom]"),
    ("Anne Marie, ou anne-marie", "[nom], ou [nom]"),
    ("Jeanne d'Arc", "Jeanne [nom]"),
    ("Écrivez à Lea.Fontaine@etu.example.org.", "Écrivez à [adresse électronique]."),
    ("son identifiant lea.fontaine", "son identifiant [adresse électronique]"),
    ("ou à autre.personne+x@mail.example.net", "ou à [adresse électronique]"),
    ("au 04 65 71 00 11", "au [téléphone]"),
    ("au +33 4 65 71 00 11", "au [téléphone]"),
    ("au 04.65.71.00.11, au 0465710011", "au [téléphone], au [téléphone]"),
    ("depuis le +41 22 123 45 67", "depuis le [téléphone]"),
    ("étudiante n° 21304567", "étudiante n° [numéro]"),
    ("numéro 99999999", "numéro [numéro]"),
    ("matricule e123456", "matricule [numéro]"),
    ("INE 123456789AB", "INE [numéro]"),
    ("INE 987 654 321 cd", "INE [numéro]"),
    ("INE 1234567890A", "INE [numéro]"),
    ("FR76 3000 6000 0112 3456 7890 189", "[numéro]"),
    ("2 99 05 13 055 123 45", "[numéro]"),
    ("votre demande TD-2026-000123", "votre demande [numéro de demande]"),
    ("td-2026-000123", "[numéro de demande]"),
    ("au 12 rue des lilas bâtiment b", "au [adresse postale]"),
    ("à 13100 Aix en Provence", "à [adresse postale]"),
    ("3 bis avenue des Pins, 13001 Marseille", "[adresse postale]"),
]


@pytest.mark.parametrize(("text", "left"), TAKEN_OUT, ids=[one[0] for one in TAKEN_OUT])
def test_persons_are_taken_out(text, left):
    assert as_text(scrubbed(text, KNOWN)) == left
    assert found_in(left, KNOWN) == []


KEPT = [
    "Le relevé est envoyé sous dix jours.",
    "Léandre et Fontainebleau sont d’autres mots.",
    "La fontainerie reste.",
    "Écrivez à scolarite@example.org, ou appelez le 04 00 00 00 00.",
    "Le +33 4 00 00 00 00 répond.",
    "Au 58 boulevard de la Fontaine, 13000 Marseille.",
    "Avant le 02/03/2026, pour l’année 2025-2026, article L231-1, 150 euros.",
    "",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_of_nobody_stays(text):
    assert as_text(scrubbed(text, KNOWN)) == text


def test_removed_words_are_said_in_their_place():
    pieces = scrubbed("Bonjour Léa, voyez Fontaine.", KNOWN)

    assert [(piece.text, piece.removed) for piece in pieces] == [
        *(("Bonjour ", ""), ("[nom]", "Léa"), (", voyez ", ""), ("[nom]", "Fontaine"), (".", "")),
    ]


def test_decomposed_accents_hide_nobody():
    assert as_text(scrubbed("Bonjour Le\u0301a", KNOWN)) == "Bonjour [nom]"


def test_nobody_known_leaves_only_shapes():
    assert [one.kind for one in found_in("Léa, a@b.fr", Known())] == ["email"]
