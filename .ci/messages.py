"""Make the catalogues again. French: sources are French, it only gives right plurals (0 is singular).
English: what is translated stays, what is new comes empty and is listed.

Needs GNU gettext (apt install gettext).
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "teledemande" / "locale"
PLURALS = {"fr": "n > 1", "en": "n != 1"}
# Lines that change at each run, or name a person.
_VARIABLE = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team', '"Report-Msgid')


def main():
    if shutil.which("msgen") is None:
        sys.exit("Il faut GNU gettext : apt install gettext")
    french, english = (LOCALE / language / "LC_MESSAGES" / "django.po" for language in ("fr", "en"))
    for catalogue in (french, english):
        catalogue.parent.mkdir(parents=True, exist_ok=True)
    _extract(french)
    _merge(english, french)
    _run("msgen", "--lang=fr", "--no-wrap", "-o", french, french)
    for language, catalogue in (("fr", french), ("en", english)):
        _tidy(catalogue, language)
        _run("msgfmt", "--check-format", "-o", catalogue.with_suffix(".mo"), catalogue)
    _report(english)


def _extract(template):
    """Write every sentence of the sources in `template`, none of them said."""
    template.unlink(missing_ok=True)
    ignored = ["--ignore=.venv", "--ignore=.var", "--ignore=tests", "--ignore=deploy", "--ignore=.ci"]
    options = ["--locale=fr", "--no-location", "--no-wrap", *ignored]
    _run(sys.executable, "manage.py", "makemessages", *options)


def _merge(catalogue, template):
    """Keep what `catalogue` says of the sentences of `template`, forget the others; guess nothing."""
    if not catalogue.exists():
        shutil.copy(template, catalogue)
    _run("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "-o", catalogue, catalogue, template)
    _run("msgattrib", "--no-obsolete", "--no-wrap", "-o", catalogue, catalogue)


def _tidy(catalogue, language):
    plural = f'"Plural-Forms: nplurals=2; plural=({PLURALS[language]});\\n"'
    name = f'"Language: {language}\\n"'
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    # Formats stay marked where they are translated by hand: msgfmt checks them.
    kept = [line for line in lines if not line.startswith(_VARIABLE)]
    kept = [line for line in kept if not line.startswith("#") or (language == "en" and "-format" in line)]
    kept = [plural if line.startswith('"Plural-Forms') else line for line in kept]
    kept = [name if line.startswith('"Language:') else line for line in kept]
    catalogue.write_text("\n".join(kept).strip() + "\n", encoding="utf-8")


def _report(catalogue):
    sys.path.insert(0, str(ROOT))
    from tests.catalogue import entries, misquoting, untranslated  # noqa: PLC0415 -- after the path

    text = catalogue.read_text(encoding="utf-8")
    missing = untranslated(text, {entry.msgid: "" for entry in entries(text)})
    for sentence in missing:
        print(f"À traduire : {sentence!r}")
    for sentence in misquoting(text):
        print(f"Variables différentes : {sentence!r}")
    print(f"Anglais : {len(missing)} phrase(s) à traduire.")


def _run(*command):
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
