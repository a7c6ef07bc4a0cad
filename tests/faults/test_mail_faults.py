"""Mails while all they need is killed or stopped: the scenarios of `make bench-mail`, at their smallest."""

import re
import subprocess
import sys

import pytest

from notifications.claims import PATIENCE
from tests.bench.mail import judging
from tests.bench.mail.judging import Kept, Row, judge
from tests.services import Postgres
from tests.services.process import ROOT

LEA, MARC = "lea@example.org", "marc@example.org"
LINE = (1, LEA)


def played(*arguments):
    """Return what a scenario printed, and the figures of its last line."""
    with Postgres() as postgres:
        url = postgres.create_database("courriels")
        command = [sys.executable, "-m", "tests.bench.mail", *arguments, f"--database={url}"]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=380)
    said = done.stdout + done.stderr
    last = done.stdout.splitlines()[-1] if done.stdout else ""
    return said, {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)(?= |$)", last)}


@pytest.mark.postgres
@pytest.mark.services
@pytest.mark.timeout(400)  # a minute on a machine that does nothing else
def test_nothing_is_lost_nor_misaddressed_while_workers_and_redis_are_killed():
    said, figures = played("faults", "--notifications=2000")

    assert (figures["lost"], figures["misaddressed"], figures["strays"]) == (0, 0, 0), said
    assert (figures["notifications"], figures["kills"]) == (2000, 10), said
    assert figures["duplicates"] <= figures["killed_senders"], said
    assert figures["early"] == 0, said


@pytest.mark.postgres
@pytest.mark.services
@pytest.mark.timeout(400)  # a minute on a machine that does nothing else
def test_all_is_delivered_in_order_once_redis_and_the_mail_server_are_back():
    said, figures = played("outage", "--notifications=500")

    assert (figures["outage_lost"], figures["outage_wrong"], figures["out_of_order"]) == (0, 0, 0), said


# --- the judge ---------------------------------------------------------------------------------------
def row(identifier="a", **fields):
    return Row(**({"message_id": identifier, "to": LEA, "state": "sent", "line": LINE} | fields))


def kept(identifier="a", recipients=(LEA,), addressed_to=LEA):
    return Kept(identifier, recipients, addressed_to)


@pytest.mark.parametrize(
    ("one", "arrived", "refused", "wrong"),
    [
        (row(), [kept()], {}, ([], [], {})),
        (row(), [], {}, (["a"], [], {})),
        (row(state="queued"), [kept()], {}, (["a"], [], {})),
        (row(state="failed", answer="550 Non"), [], {"a": "550 Non"}, ([], [], {})),
        (row(state="failed", answer="550 Non"), [], {}, (["a"], [], {})),
        (row(state="failed", answer="Envoi abandonné"), [], {"a": "550 Non"}, (["a"], [], {})),
        (row(), [kept(recipients=(MARC,))], {}, ([], ["a"], {})),
        (row(), [kept(recipients=(LEA, MARC))], {}, ([], ["a"], {})),
        (row(), [kept(addressed_to=MARC)], {}, ([], ["a"], {})),
        (row(), [kept(), kept("b")], {}, ([], ["b"], {})),
        (row(), [kept(), kept(), kept()], {}, ([], [], {"a": 2})),
    ],
    ids=[
        "arrived",
        "never came",
        "still there",
        "refused by the server",
        "failed without a refusal",
        "failed with other words",
        "to another",
        "to another too",
        "says another",
        "unknown",
        "three times",
    ],
)
def test_judge_sees_what_is_wrong(one, arrived, refused, wrong):
    verdict = judge([one], arrived, refused)

    assert (verdict.lost, verdict.misaddressed, verdict.repeated) == wrong


@pytest.mark.parametrize(("tries", "overtaken"), [(1, ["a"]), (PATIENCE, ["a"]), (PATIENCE + 1, [])])
def test_judge_sees_who_was_overtaken_and_forgives_after_three_refusals(tries, overtaken):
    rows = [row("a", tries=tries), row("b"), row("c", line=(2, LEA))]

    assert judge(rows, [kept("c"), kept("b"), kept("a")], {}).overtaken == overtaken
    assert judge(rows, [kept("a"), kept("c"), kept("b")], {}).overtaken == []


def test_judge_is_as_patient_as_the_outbox():
    assert judging.PATIENCE == PATIENCE
