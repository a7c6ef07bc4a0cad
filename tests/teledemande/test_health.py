"""/sante/: what each part says, and when the whole answers 200."""

import json

import pytest
from django.db import DatabaseError, connection

from notifications.health import beat
from teledemande import health
from tests.factories import file_ticket, pdf


@pytest.fixture(autouse=True)
def fresh():
    health._migrated["once"] = False
    yield
    health._migrated["once"] = False


def _ask(client, query=""):
    answer = client.get(f"/sante/{query}")
    return answer.status_code, {
        name: part["etat"] for name, part in json.loads(answer.content)["parties"].items()
    }


@pytest.mark.django_db
def test_all_is_ready_once_a_worker_has_given_a_sign(client):
    before = _ask(client)
    beat()

    ready = {"base": "ok", "fichiers": "ok", "cache": "ok", "courriels": "ok", "antivirus": "ok"}
    assert before == (503, ready | {"courriels": "ouvrier absent"})
    assert _ask(client) == (200, ready)


@pytest.mark.django_db
def test_the_essential_does_without_a_worker(client):
    assert _ask(client, "?essentiel=1")[0] == 200


@pytest.mark.django_db
def test_a_second_question_costs_less(client, django_assert_max_num_queries):
    _ask(client)

    with django_assert_max_num_queries(3):
        _ask(client)


@pytest.mark.django_db
def test_a_dead_database_is_said(client):
    def refuse(*arguments):
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        assert _ask(client, "?essentiel=1")[1]["base"] == "indisponible"


@pytest.mark.services
@pytest.mark.django_db
def test_a_stopped_antivirus_is_said_with_what_waits(client, clamd, lea, transcripts):
    file_ticket(lea, transcripts, files=[pdf(), pdf("b.pdf")])
    beat()
    running = client.get("/sante/")
    clamd.stop()
    stopped = client.get("/sante/")

    assert (running.status_code, running.json()["parties"]["antivirus"]) == (
        200,
        {"etat": "ok", "en_attente": 2, "pendant_un_arret": "hold"},
    )
    assert (stopped.status_code, stopped.json()["parties"]["antivirus"]["etat"]) == (503, "indisponible")
    assert client.get("/sante/?essentiel=1").status_code == 200
