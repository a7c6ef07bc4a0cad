"""/sante/: what each part says, and when the whole answers 200."""

import json

import pytest
from django.db import DatabaseError, connection

from notifications.health import beat
from teledemande import health


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

    assert before == (503, {"base": "ok", "fichiers": "ok", "cache": "ok", "courriels": "ouvrier absent"})
    assert _ask(client) == (200, {"base": "ok", "fichiers": "ok", "cache": "ok", "courriels": "ok"})


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
