"""The environment decides; a real service decides everything, or does not start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k" * 40 + "0123456789-abcdefgh",
    "SITE_URL": "https://tele-demande.example.org",
    "DATABASE_URL": "postgres://teledemande@127.0.0.1:5432/teledemande",
    "CACHE_URL": "rediscache://127.0.0.1:6379/1",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "ATTACHMENTS_DIR": "/var/lib/teledemande/attachments",
    "EMAIL_URL": "smtp+tls://smtp.example.org:587",
    "DEFAULT_FROM_EMAIL": "ne-pas-repondre@example.org",
    "CAS_SERVER_URL": "https://cas.example.org/cas/",
    "CLAMD_URL": "unix:///var/run/clamav/clamd.ctl",
    "PROXY_COUNT": "1",
}
NEEDED = sorted(set(PRODUCTION) - {"PRODUCTION", "PROXY_COUNT"})


def run(*arguments, tmp_path, **environment):
    """Run Python in a bare environment, and return the finished process."""
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:teledemande", *arguments],
        env=bare | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setting(name, tmp_path, **environment):
    """Return one setting, as a program started in that environment reads it."""
    code = f"from teledemande import settings; print(settings.{name})"
    process = run("-c", code, tmp_path=tmp_path, **environment)
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def test_production_without_values_names_them_all_at_once(tmp_path):
    process = run("manage.py", "check", tmp_path=tmp_path, PRODUCTION="1")

    last = process.stderr.strip().splitlines()[-1]
    assert process.returncode != 0
    assert last.partition("manquent")[2].strip(" :.\u00a0") == ", ".join(NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_production_without_one_value_names_it(tmp_path, name):
    given = {key: value for key, value in PRODUCTION.items() if key != name}

    process = run("-c", "import teledemande.settings", tmp_path=tmp_path, **given)

    last = process.stderr.strip().splitlines()[-1]
    assert last.partition("manquent")[2].strip(" :.\u00a0") == name


def test_check_deploy_finds_nothing_in_production(tmp_path):
    process = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION
    )

    assert (process.returncode, process.stdout.partition(" (")[0]) == (
        0,
        "System check identified no issues",
    ), process.stderr


@pytest.mark.parametrize(("given", "policy"), [({}, "hold"), ({"ANTIVIRUS_DOWN": "pass"}, "pass")])
def test_stopped_antivirus_holds_files_unless_told_otherwise(tmp_path, given, policy):
    code = "from teledemande import settings; print(settings.ANTIVIRUS_DOWN)"

    process = run("-c", code, tmp_path=tmp_path, **PRODUCTION, **given)

    assert process.stdout.strip() == policy


DEPLOYMENT_MISTAKES = {
    "sqlite": ({"DATABASE_URL": "sqlite:////tmp/a.sqlite3"}, "teledemande.E001"),
    "no-antivirus": ({"CLAMD_URL": ""}, "teledemande.W008"),
    "antivirus-nowhere": ({"CLAMD_URL": "127.0.0.1:3310"}, "teledemande.E006"),
    "antivirus-neither-held-nor-passed": ({"ANTIVIRUS_DOWN": "non"}, "teledemande.E007"),
    "no-encryption": ({"SITE_URL": "http://tele-demande.example.org"}, "teledemande.E002"),
    "embedded-broker": ({"CELERY_BROKER_URL": "filesystem://"}, "teledemande.E003"),
    "public-attachments": ({"ATTACHMENTS_DIR": str(ROOT / "static" / "pieces")}, "teledemande.E004"),
    "no-delay": ({"MAIL_RETRY_SECONDS": "60,0"}, "teledemande.E009"),
    "no-delay-at-all": ({"MAIL_RETRY_SECONDS": ""}, "teledemande.E009"),
    "uncounted-proxy": ({"PROXY_COUNT": "0"}, "teledemande.W005"),
}


@pytest.mark.parametrize(("change", "code"), DEPLOYMENT_MISTAKES.values(), ids=DEPLOYMENT_MISTAKES)
def test_check_deploy_names_a_mistake_and_what_to_do(tmp_path, change, code):
    environment = PRODUCTION | change

    process = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **environment
    )

    assert process.returncode == 1
    assert f"({code})" in process.stderr
    assert "HINT" in process.stderr


def test_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "key"
    path.write_text("clé du fichier")
    given = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}

    assert setting("SECRET_KEY", tmp_path, **given, SECRET_KEY_FILE=str(path)) == "clé du fichier"


def test_embedded_key_is_drawn_once_and_private(tmp_path):
    first, second = setting("SECRET_KEY", tmp_path), setting("SECRET_KEY", tmp_path)

    path = tmp_path / "var" / "secret-key"
    assert first == second == path.read_text()
    assert (len(first) > 50, oct(path.stat().st_mode)[-3:]) == (True, "600")


@pytest.mark.parametrize("name", ["DEBUG", "DEMO"])
def test_production_is_neither_debug_nor_demonstration(tmp_path, name):
    assert setting(name, tmp_path, **{name: "1"}) == "True"

    assert setting(name, tmp_path, **PRODUCTION, **{name: "1"}) == "False"


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY"]
)
def test_production_keeps_cookies_and_pages_encrypted(tmp_path, name):
    assert setting(name, tmp_path, **PRODUCTION) == "True"
