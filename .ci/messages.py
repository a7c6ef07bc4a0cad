"""Make the French catalogue again: sources are French, it only gives right plurals (0 is singular).

Needs GNU gettext (apt install gettext).
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "teledemande" / "locale" / "fr" / "LC_MESSAGES"
PLURALS = '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"'


def main():
    if shutil.which("msgen") is None:
        sys.exit("Il faut GNU gettext : apt install gettext")
    (CATALOGUE / "django.po").unlink(missing_ok=True)
    CATALOGUE.mkdir(parents=True, exist_ok=True)
    ignored = ["--ignore=.venv", "--ignore=.var", "--ignore=tests", "--ignore=deploy", "--ignore=.ci"]
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--locale=fr",
        "--no-location",
        "--no-wrap",
        *ignored,
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    _fill(CATALOGUE / "django.po")
    subprocess.run(["msgfmt", "--check-format", "-o", "django.mo", "django.po"], cwd=CATALOGUE, check=True)


def _fill(path):
    filled = subprocess.run(
        ["msgen", "--lang=fr", "--no-wrap", str(path)], check=True, capture_output=True, text=True
    ).stdout
    kept = [line for line in filled.splitlines() if not line.startswith(_VARIABLE)]
    kept = [
        PLURALS if line.startswith('"Plural-Forms') else line for line in kept if not line.startswith("#")
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


# Lines that change at each run, or name a person.
_VARIABLE = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team', '"Report-Msgid')


if __name__ == "__main__":
    main()
