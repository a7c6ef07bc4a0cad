"""`simulate_deadlines`: every case of the specification, and what it says of input that is wrong."""

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.clock.strategies import cases
from tickets.calculator.reading import BadCasesError, read_cases
from tickets.clock.deadlines import deadlines_of

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "tests/tickets/clock/deadlines.json"
CASES = json.loads(SHARED.read_text(encoding="utf-8"))["cases"]
KEYS = [
    *("id", "registration_due_on", "acknowledgement_due_on", "last_day", "implicit_from", "appeal_last_day"),
    "explanation",
]
PLAIN = {"id": "a", "rule": "refusal", "months": 2, "received_at": "2026-03-10T12:00:00Z"}
NOTICE = {"sent_on": "2026-03-20", "deadline_on": "2026-04-20", "produced_on": None}


def simulate(content, monkeypatch):
    """Return what the command prints of `content`, read from its standard input."""
    text = content if isinstance(content, str) else json.dumps(content)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode("utf-8", "surrogatepass"))))
    out = StringIO()
    call_command("simulate_deadlines", "-", stdout=out)
    return json.loads(out.getvalue())


def problems_of(content):
    """Return what is said of `content`, one sentence a case."""
    with pytest.raises(BadCasesError) as refusal:
        read_cases(content if isinstance(content, bytes) else json.dumps(content).encode())
    return [words.replace("\xa0", " ") for words in refusal.value.problems]


# --- good input --------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def printed():
    out = StringIO()
    call_command("simulate_deadlines", str(SHARED), stdout=out)
    return {one["id"]: one for one in json.loads(out.getvalue())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_of_the_specification(printed, case):
    found = printed[case["id"]]

    assert {key: found[key] for key in case["expect"]} == case["expect"]
    assert list(found) == KEYS


def test_cases_are_printed_in_their_order(printed):
    assert list(printed) == [case["id"] for case in CASES]


def test_a_bare_list_is_read_from_the_standard_input(monkeypatch):
    assert [one["last_day"] for one in simulate([PLAIN], monkeypatch)] == ["2026-05-10"]
    assert simulate([], monkeypatch) == []


def test_a_byte_order_mark_is_read(monkeypatch):
    assert simulate("\ufeff" + json.dumps([PLAIN]), monkeypatch)[0]["id"] == "a"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"start_event": "are_sent"}, None),
        ({"start_event": "are_sent", "are_sent_at": "2026-03-31T23:30:00Z"}, "2026-06-01"),
        ({"start_event": "are_sent", "are_sent_on": "2026-03-31"}, "2026-05-31"),
        ({"start_event": "complete_file", "completed_on": "2026-03-31"}, "2026-05-31"),
        ({"received_at": None, "received_on": "2026-12-31"}, "2027-02-28"),
        ({"received_at": "2026-10-24T23:59:59+02:00"}, "2026-12-24"),
        ({"received_at": "2026-03-28T23:59:59+01:00"}, "2026-05-28"),
        (
            {"notices": None, "first_received_at": None, "place": None, "note": "x", "expect": {}},
            "2026-05-10",
        ),
        ({"notices": [{"sent_on": "2026-03-20"}]}, "2026-06-10"),  # thirty days are given: to 19 April
        ({"notices": [{**NOTICE, "produced_on": "2026-03-25"}, NOTICE]}, "2026-06-11"),  # one part of two
    ],
)
def test_every_event_is_a_day_of_paris(monkeypatch, changes, wanted):
    assert simulate([PLAIN | changes], monkeypatch)[0]["last_day"] == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "2026-07-13"),
        ({"place": "overseas"}, "2026-08-11"),
        ({"place": "abroad"}, "2026-09-11"),
        ({"place": "abroad", "recourse": "cada"}, "2026-07-13"),
        ({"rule": "acceptance"}, None),
    ],
)
def test_appeal_is_told_by_place(monkeypatch, changes, wanted):
    assert simulate([PLAIN | changes], monkeypatch)[0]["appeal_last_day"] == wanted


@given(cases())
def test_a_case_written_is_read_back(case):
    written = {
        "id": "x",
        "rule": case.rule,
        "months": case.months,
        "start_event": case.start_event,
        "received_at": f"{case.received_on}T23:59:59+01:00" if case.received_on.month < 3 else None,
        "received_on": None if case.received_on.month < 3 else str(case.received_on),
        "first_received_on": case.first_received_on and str(case.first_received_on),
        "place": case.place,
        "notices": [
            {
                "sent_on": str(notice.sent_on),
                "deadline_on": str(notice.deadline_on),
                "produced_on": notice.produced_on and str(notice.produced_on),
            }
            for notice in case.notices
        ],
    }

    assert read_cases(json.dumps([written]).encode()) == {"x": case}


# --- explanation -------------------------------------------------------------------------------------------
def words(printed, name):
    return printed[name]["explanation"].replace("\xa0", " ")


def test_explanation_names_days_and_articles(printed):
    assert words(printed, "suspension-produced") == (
        "Accusé d’enregistrement au plus tard le mercredi 11 mars 2026 : un jour ouvré après la "
        "réception, le mardi 10 mars 2026, qui ne compte pas (CRPA, R112-11-2). Accusé de réception au "
        "plus tard le mardi 24 mars 2026 : dix jours ouvrés après la réception par l’administration "
        "compétente (CRPA, R112-11-1). Le délai part de la réception, le mardi 10 mars 2026. 11 jours de "
        "suspension (CRPA, L114-5) : pièces demandées le 20 mars 2026, reçues le 30 mars 2026. 2 mois de "
        "date à date mènent au dimanche 10 mai 2026. Avec 11 jours de suspension, le dernier jour est le "
        "jeudi 21 mai 2026. Sans réponse, la demande est rejetée le vendredi 22 mai 2026 à 0 h (CRPA, "
        "L231-4). Recours devant le tribunal administratif jusqu’au mercredi 22 juillet 2026 : deux mois "
        "francs après le dernier jour du silence (code de justice administrative, R421-1, R421-2 et "
        "R421-5)."
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("receipt-easter", "Ne sont pas ouvrés, car fériés : lundi 6 avril 2026 (code du travail, L3133-1)."),
        ("silence-month-end", "Ce mois n’a pas de 31 : c’est son dernier jour."),
        ("silence-holiday-not-moved", "Ce jour n’est pas ouvré, mais il n’est pas déplacé"),
        ("suspension-nothing", "attendues jusqu’au 20 avril 2026, non reçues"),
        ("suspension-late", "attendues jusqu’au 20 avril 2026, reçues trop tard, le 25 avril 2026"),
        (
            "reset-complete",
            "Le délai repart de la réception des dernières, le lundi 30 mars 2026 (CRPA, L114-5).",
        ),
        ("reset-complete", "la demande est acceptée le dimanche 31 mai 2026 à 0 h (CRPA, L231-1)"),
        ("reset-complete", "une attestation peut être demandée (CRPA, L232-3)"),
        ("reset-never", "Tant qu’il en manque, aucune date ne court (CRPA, L114-5)."),
        ("reset-never", "Aucune décision implicite ne peut naître. Sans décision, pas de délai de recours."),
        ("transmitted-refusal", "saisie en premier, le mardi 3 février 2026 (CRPA, L114-3)"),
        ("transmitted-acceptance", "compétente, le mardi 24 février 2026 (CRPA, L114-3)"),
        ("no-silence-rule", "Le silence ne vaut pas décision : aucun délai ne court."),
    ],
)
def test_explanation_tells_what_moved_a_date(printed, name, wanted):
    assert wanted in words(printed, name)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"start_event": "are_sent"}, "dont le jour n’est pas donné : aucune date ne court"),
        (
            {"start_event": "are_sent", "are_sent_on": "2026-03-12"},
            "l’accusé de réception, le jeudi 12 mars 2026",
        ),
        ({"start_event": "complete_file"}, "la réception du dossier complet, le mardi 10 mars 2026"),
        (
            {"start_event": "complete_file", "notices": [NOTICE]},
            "il est reçu incomplet le mardi 10 mars 2026",
        ),
        (
            {"notices": [NOTICE, NOTICE]},
            "Un jour commun à plusieurs demandes de pièces ne compte qu’une fois.",
        ),
        (
            {"notices": [{"sent_on": "2026-05-11"}]},
            "pièces du 11 mai 2026, postérieure au dernier jour, est sans",
        ),
        ({"place": "overseas"}, "Un mois de plus pour une personne qui demeure outre-mer (R421-7)."),
        ({"place": "abroad"}, "Deux mois de plus pour une personne qui demeure à l’étranger (R421-7)."),
        ({"recourse": "cada"}, "(CADA) est à saisir d’abord"),
        ({}, "Le samedi 11 juillet 2026 n’est pas ouvré : le délai court jusqu’au jour ouvré suivant."),
    ],
)
def test_explanation_tells_other_rules(monkeypatch, changes, wanted):
    assert wanted in simulate([PLAIN | changes], monkeypatch)[0]["explanation"].replace("\xa0", " ")


# --- bad input ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "Le fichier n’est pas du JSON : ligne 1, colonne 1."),
        (b'[{"id": "a",\n}]', "Le fichier n’est pas du JSON : ligne 2, colonne 1."),
        (b"\xff\xfe[", "Le fichier n’est pas un texte en UTF-8."),
        (b"[" * 100_000, "Le fichier est trop imbriqué pour une liste de cas."),
        (b"[" + b"9" * 5_000 + b"]", "Le fichier contient un nombre trop long."),
        (b" " * 20_000_001, "Le fichier dépasse 20 Mo."),
        (b"3", "Le fichier n’est ni une liste de cas, ni un objet dont « cases » en est une."),
        (b'{"note": "x"}', "Le fichier n’est ni une liste de cas, ni un objet dont « cases » en est une."),
        (b'{"cases": {}}', "Le fichier n’est ni une liste de cas, ni un objet dont « cases » en est une."),
        (b'{"case": []}', "Clé « case » : inconnue ; attendu : cases, note."),
        (b'{"cases": [], "cases": []}', "Clé « cases » : écrite deux fois."),
    ],
    ids=lambda value: str(value[:20]),
)
def test_what_is_no_list_of_cases_is_refused(content, wanted):
    assert problems_of(content) == [wanted]


INSTANT = "attendu : un instant avec son décalage, comme 2026-02-02T09:00:00+01:00."
DAY = "attendu : un jour qui existe, comme 2026-02-02."
YEAR = "attendu : une année de 1900 à 2199."
MONTHS = "attendu : un nombre entier de 1 à 120."


@pytest.mark.parametrize(
    ("changes", "key", "wanted"),
    [
        ({"rule": None}, "rule", "« null » ; attendu : acceptance, refusal, none."),
        ({"rule": "Refusal"}, "rule", "« Refusal » ; attendu : acceptance, refusal, none."),
        ({"rule": ["refusal"]}, "rule", "« […] » ; attendu : acceptance, refusal, none."),
        ({"rule": "x\n" * 50}, "rule", f"« {('x?' * 30)[:59]}… » ; attendu : acceptance, refusal, none."),
        ({"start_event": 1}, "start_event", "« 1 » ; attendu : reception, are_sent, complete_file."),
        ({"place": "lune"}, "place", "« lune » ; attendu : metropolitan, overseas, abroad."),
        (
            {"recourse": {}},
            "recourse",
            "« {…} » ; attendu : administrative_court, cada, cnil, rights_defender.",
        ),
        ({"months": None}, "months", "absente : ce régime du silence a un délai en mois."),
        *(({"months": months}, "months", MONTHS) for months in (0, -1, 121, 2.5, "2", True, [])),
        ({"received_at": None}, "received_at", "absente."),
        *(
            ({"received_at": value}, "received_at", f"« {value} » ; {INSTANT}")
            for value in ("2026-03-10", "2026-03-10T12:00:00", "2026-02-30T12:00:00Z", "hier", "", 1773144000)
        ),
        *(
            ({"received_at": value}, "received_at", YEAR)
            for value in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1899-12-31T12:00:00Z")
        ),
        ({"received_on": "2026-03-10"}, "received_on", "« received_at » dit déjà ce jour."),
        ({"first_received_at": "2026-03-11T12:00:00Z"}, "first_received_at", "ce jour suit « received_at »."),
        ({"are_sent_on": "2026-03-09"}, "are_sent_on", "ce jour précède « received_at »."),
        ({"completed_at": "2026-03-09T12:00:00Z"}, "completed_at", "ce jour précède « received_at »."),
        ({"notices": {}}, "notices", "attendu : une liste."),
        ({"notices": [3]}, "notices[0]", "« 3 » n’est pas un objet."),
        ({"notices": [NOTICE, {}]}, "notices[1].sent_on", "absente."),
        ({"notices": [NOTICE | {"sent_on": "2026-02-29"}]}, "notices[0].sent_on", f"« 2026-02-29 » ; {DAY}"),
        ({"notices": [NOTICE | {"sent_on": 20}]}, "notices[0].sent_on", f"« 20 » ; {DAY}"),
        ({"notices": [NOTICE | {"deadline_on": "2026-03-20T10:00"}]}, "notices[0].deadline_on", None),
        ({"notices": [NOTICE | {"deadline_on": "9999-12-31"}]}, "notices[0].deadline_on", YEAR),
        (
            {"notices": [NOTICE | {"deadline_on": "2026-03-19"}]},
            "notices[0].deadline_on",
            "ce jour précède « sent_on ».",
        ),
        (
            {"notices": [NOTICE | {"produced_on": "2026-03-19"}]},
            "notices[0].produced_on",
            "ce jour précède « sent_on ».",
        ),
        (
            {"notices": [NOTICE, NOTICE | {"sent_on": "2026-03-09"}]},
            "notices[1].sent_on",
            "ce jour précède « received_at ».",
        ),
        (
            {"notices": [NOTICE | {"recu": 1}]},
            "notices[0].recu",
            "inconnue ; attendu : deadline_on, produced_on, sent_on.",
        ),
        ({"notice": []}, "notice", None),
    ],
)
def test_a_wrong_case_is_named_with_its_key(changes, key, wanted):
    (problem,) = problems_of([PLAIN | changes])

    assert problem.startswith(f"Cas « a », clé « {key} » : ")
    assert wanted is None or problem == f"Cas « a », clé « {key} » : {wanted}"


@pytest.mark.parametrize(
    "given", [{}, {"id": ""}, {"id": 7}, {"id": None}, {"id": "a\nb"}, {"id": "x" * 201}, {"id": "\ud800"}]
)
def test_a_case_without_a_good_id_is_named_by_its_place(given):
    assert problems_of([PLAIN, given]) == [
        "Cas « n° 2 », clé « id » : attendu : un texte de 200 caractères au plus."
    ]


def test_ids_are_unique_and_keys_said_once():
    twice = json.dumps(PLAIN)[:-1] + ', "months": 3}'

    assert problems_of([PLAIN | {"months": 0}, PLAIN])[1:] == problems_of([PLAIN, PLAIN])
    assert problems_of([PLAIN, PLAIN]) == ["Cas « a », clé « id » : déjà prise par un autre cas."]
    assert problems_of(f"[{twice}]".encode()) == ["Cas « a », clé « months » : écrite deux fois."]
    assert problems_of([5]) == ["Cas « n° 1 », clé « id » : « 5 » n’est pas un objet."]


def test_every_wrong_case_is_told_up_to_twenty():
    wrong = [PLAIN | {"id": str(number), "months": 0} for number in range(22)]

    assert len(problems_of(wrong)) == 21
    assert problems_of(wrong)[-1] == "Et 2 autres cas sont à corriger."
    assert problems_of(wrong[:21])[-1] == "Et 1 autre cas est à corriger."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
OTHER_KEYS = ("rule", "months", "received_at", "received_on", "notices", "are_sent_on", "place")
ANY_CASE = st.fixed_dictionaries({"id": st.sampled_from("ab")}, optional=dict.fromkeys(OTHER_KEYS, JSON))


@given(st.lists(ANY_CASE | st.just(PLAIN) | JSON, max_size=3) | JSON)
def test_whatever_is_read_is_a_case_or_a_sentence(content):
    found = {}
    with suppress(BadCasesError):
        found = read_cases(json.dumps(content).encode())

    assert all(deadlines_of(case).registration_due_on for case in found.values())


def test_the_farthest_case_has_dates(monkeypatch):
    far = PLAIN | {"received_at": "2199-12-31T12:00:00Z", "months": 120, "place": "abroad"}
    late = {"sent_on": "2199-12-31", "deadline_on": "2199-12-31"}

    assert simulate([far | {"notices": [late]}], monkeypatch)[0]["last_day"] == "2210-01-01"


# --- as it is run ------------------------------------------------------------------------------------------
def run(*arguments, stdin=b"", **environment):
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", "simulate_deadlines", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": "/nonexistent", **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "stdin", "wanted"),
    [
        (["-"], json.dumps([PLAIN | {"months": 0}]).encode(), "Cas «\xa0a\xa0», clé «\xa0months\xa0»"),
        (["/nowhere/at-all.json"], b"", "n’a pas pu être lu"),
        (["/"], b"", "n’a pas pu être lu"),
    ],
)
def test_bad_input_exits_with_2_and_no_traceback(arguments, stdin, wanted):
    done = run(*arguments, stdin=stdin)

    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert wanted in said
    assert "Traceback" not in said


def test_good_input_needs_no_database_and_no_unicode_terminal():
    done = run("-", stdin=json.dumps([PLAIN | {"id": "é"}]).encode(), PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("ascii"))[0]["id"] == "é"


def test_command_error_carries_the_status(monkeypatch):
    with pytest.raises(CommandError) as refusal:
        simulate("{", monkeypatch)

    assert refusal.value.returncode == 2


def test_default_deadline_is_thirty_days_after_the_notice():
    (case,) = read_cases(json.dumps([PLAIN | {"notices": [{"sent_on": "2026-03-20"}]}]).encode()).values()

    assert case.notices[0].deadline_on == date(2026, 3, 20) + timedelta(days=30)
