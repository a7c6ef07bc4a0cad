"""The demonstration: its people, its processes, and what they leave behind (nothing)."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from teledemande.demo.banner import banner
from teledemande.demo.children import RESTARTS_ALLOWED, Child
from teledemande.demo.personas import outsiders, personas
from teledemande.demo.ports import is_free, next_free
from tests.services.process import ROOT, free_port, wait_until

# A parent that starts a child which starts a grandchild, each tied to the one before; prints their pids.
FAMILY = """
import os, subprocess, sys, time
from functools import partial
from teledemande.demo.lifetime import die_with
generation = int(sys.argv[1])
if generation:
    command = [sys.executable, __file__, str(generation - 1)]
    subprocess.Popen(command, preexec_fn=partial(die_with, os.getpid()))
print(os.getpid(), flush=True)
time.sleep(60)
"""


def is_running(pid):
    """Tell whether `pid` runs; a zombie, dead and not yet reaped, does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def child(tmp_path, *command):
    return Child("essai", command, log_folder=tmp_path, env=dict(os.environ), cwd=ROOT)


def python(code):
    return sys.executable, "-c", code


# --- people -----------------------------------------------------------------------------------------


def test_personas_hold_the_cast_of_the_guide():
    roles = [one.role for one in personas()]

    assert roles == ["requester"] * 3 + ["handler"] * 3 + ["manager", "admin"]


def test_personas_look_after_themes_that_exist():
    tree = yaml.safe_load((ROOT / "categories" / "data" / "themes.yaml").read_text())
    known = {theme["slug"] for theme in tree["themes"]}

    assert {slug for one in personas() for slug in one.themes} <= known


def test_personas_include_single_and_multiple_affiliations():
    counts = {len(one.attributes["eduPersonAffiliation"]) for one in personas()}

    assert counts == {1, 2, 3}


def test_every_account_has_a_password_the_site_would_accept():
    assert [one for one in [*personas(), *outsiders()] if len(one.password) < 12] == []


def test_personas_use_the_university_and_outsiders_do_not():
    assert {one.email.rpartition("@")[2] for one in personas()} == {"univ-amu.fr", "etu.univ-amu.fr"}
    assert [one for one in outsiders() if one.email.endswith("univ-amu.fr")] == []


def test_banner_shows_every_account():
    text = banner(site_url="http://127.0.0.1:1", cas_url="http://127.0.0.1:2/cas/", log_folder=Path("log"))

    accounts = [one.uid for one in personas()] + [one.email for one in outsiders()]
    assert [account for account in accounts if account not in text] == []


# --- ports ------------------------------------------------------------------------------------------


def test_a_port_somebody_listens_on_is_not_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        assert (is_free(port), next_free(port) > port) == (False, True)


# --- processes --------------------------------------------------------------------------------------


def test_killing_the_parent_leaves_no_orphan(tmp_path):
    script = tmp_path / "family.py"
    script.write_text(FAMILY)
    parent = subprocess.Popen(
        [sys.executable, str(script), "2"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    pids = [int(parent.stdout.readline()) for _ in range(3)]
    assert all(map(is_running, pids))

    parent.kill()
    parent.wait()
    parent.stdout.close()

    wait_until(lambda: not any(map(is_running, pids)), seconds=5, what="fin de la famille")


def test_child_starts_again_only_so_often(tmp_path):
    short_lived = child(tmp_path, *python("print('mort')"))
    short_lived.start()

    answers = []
    for _ in range(RESTARTS_ALLOWED + 1):
        short_lived.process.wait()
        answers.append(short_lived.restart())

    assert answers == [True] * RESTARTS_ALLOWED + [False]
    assert short_lived.last_lines() == ["mort"] * (RESTARTS_ALLOWED + 1)


def test_child_takes_its_descendants_along(tmp_path):
    stubborn = child(
        tmp_path,
        *python("import subprocess; print(subprocess.Popen(['sleep', '60']).pid)"),
    )
    stubborn.start()
    wait_until(stubborn.last_lines, seconds=10, what="le petit-fils")
    grandchild = int(stubborn.last_lines()[0])

    stubborn.kill()

    wait_until(lambda: not is_running(grandchild), seconds=5, what="fin du petit-fils")


def test_child_shows_only_new_troubles(tmp_path):
    chatty = child(tmp_path, "true")
    chatty.log_path.write_text("[INFO] début\n[ERROR] panne\nTraceback (most recent call last):\nERROR coup")

    assert chatty.troubles() == ["[ERROR] panne", "Traceback (most recent call last):"]
    assert chatty.troubles() == []


# --- the command ------------------------------------------------------------------------------------


class Demo:
    """`manage.py demo` in a folder of its own."""

    def __init__(self, folder, port):
        self.port = port
        self.output = folder.parent / "output"
        foreign = ("CAS_SERVER_URL", "CELERY_BROKER_URL", "DATABASE_URL", "EMAIL_URL", "SITE_URL")
        self.env = {name: value for name, value in os.environ.items() if name not in foreign}
        self.env |= {"DEMO": "1", "PORT": str(port), "VAR_DIR": str(folder), "PYTHONUNBUFFERED": "1"}

    def start(self):
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"], cwd=ROOT, env=self.env, stdout=output, stderr=output
            )
        wait_until(self._says_something_final, seconds=120, what="démonstration prête")
        return self

    def _says_something_final(self):
        return self.process.poll() is not None or "Ctrl-C" in self.said()

    def said(self):
        return self.output.read_text()

    def family(self):
        """Return the pids of the parent and of everything it started."""
        pids = [self.process.pid]
        for pid in pids:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            pids += map(int, children.split())
        return pids

    def rows(self):
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", COUNT],
            cwd=ROOT, env=self.env, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return json.loads(done.stdout)


COUNT = """
import json
from django.apps import apps
names = ("accounts.User", "tickets.Ticket")
print(json.dumps({name: apps.get_model(name).objects.count() for name in names}))
"""


@pytest.fixture
def demo(tmp_path):
    demo = Demo(tmp_path / "var", free_port(in_a_row=2))
    yield demo
    if demo.process.poll() is None:
        demo.process.terminate()
        demo.process.wait(20)


@pytest.mark.services
@pytest.mark.timeout(400)
def test_demo_survives_a_killed_part_and_leaves_nothing_behind(demo):
    demo.start()
    assert "Télé-demande est prête." in demo.said()
    before, rows = demo.family(), demo.rows()
    assert len(before) == 7  # parent, CAS server, worker, its beat, gunicorn and its two workers

    demo.process.kill()
    demo.process.wait()
    wait_until(lambda: not any(map(is_running, before)), seconds=5, what="aucun orphelin")

    demo.start()
    assert "Télé-demande est prête." in demo.said()
    assert demo.rows() == rows  # a second start keeps the data and adds nothing

    worker = next(pid for pid in demo.family() if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: "relancé" in demo.said() and len(demo.family()) == 7, seconds=20, what="relance")

    family = demo.family()
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(30) == 0
    assert [pid for pid in family if is_running(pid)] == []


@pytest.mark.services
def test_demo_refuses_a_busy_port_before_starting_anything(demo, tmp_path):
    with socket.create_server(("127.0.0.1", demo.port)):
        demo.start()

    assert demo.process.wait(10) == 1
    assert f"Le port {demo.port} est déjà utilisé" in demo.said()
    assert not (tmp_path / "var" / "teledemande.sqlite3").exists()
