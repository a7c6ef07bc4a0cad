"""What the sources say, and what a catalogue says of it. Reads .po files without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "categories", "notifications", "teledemande", "tickets")
ENGLISH = ROOT / "teledemande" / "locale" / "en" / "LC_MESSAGES" / "django.po"

# How the sources mark a sentence, and which arguments are the sentence (and its plural).
MARKS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "pgettext": 1, "pgettext_lazy": 1}
PLURALS = {"ngettext": 0, "ngettext_lazy": 0, "npgettext": 1, "npgettext_lazy": 1}
_LITERAL = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_IN_TEMPLATE = re.compile(rf"\b(_|p?gettext|np?gettext)\(\s*u?({_LITERAL})(?:\s*,\s*u?({_LITERAL}))?")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@dataclass(frozen=True)
class Entry:
    """One sentence of a catalogue: `said` has one string, or one for each plural form."""

    msgid: str
    said: tuple[str, ...]
    is_fuzzy: bool = False
    plural: str = ""

    @property
    def is_translated(self) -> bool:
        """Whether Django would show a translation."""
        return bool(self.said) and all(self.said) and not self.is_fuzzy


# --- what the sources say ---------------------------------------------------------------------------------
def marked_in_code(source: str) -> set[str]:
    """Return the sentences a Python module marks."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            position = (MARKS | PLURALS).get(node.func.id)
            if position is not None and len(node.args) > position:
                argument = node.args[position]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
    return found


def marked_in_template(source: str) -> set[str]:
    """Return the sentences a template marks."""
    found = set()
    for mark, first, second in _IN_TEMPLATE.findall(templatize(source)):
        has_context = mark in ("pgettext", "npgettext")
        found.add(ast.literal_eval(second if has_context else first))
    return found - {""}


def marked_in_sources() -> dict[str, str]:
    """Return every sentence our sources mark, with a file that does."""
    found: dict[str, str] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found |= dict.fromkeys(marked_in_code(path.read_text(encoding="utf-8")), _name(path))
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            found |= dict.fromkeys(marked_in_template(path.read_text(encoding="utf-8")), _name(path))
    return found


def _name(path):
    return str(path.relative_to(ROOT))


# --- what a catalogue says --------------------------------------------------------------------------------
def entries(catalogue: str) -> Iterator[Entry]:
    """Yield the sentences of a .po file, but its header and those that are gone."""
    for block in re.split(r"\n\s*\n", catalogue):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        flags = [line for line in lines if line.startswith("#,")]
        strings: dict[str, str] = {}
        keyword = ""
        for line in lines:
            if match := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")', line):
                keyword = match[1]
                strings[keyword] = ast.literal_eval(match[2])
            elif line.startswith('"') and keyword:
                strings[keyword] += ast.literal_eval(line)
        if strings.get("msgid"):
            said = tuple(value for name, value in sorted(strings.items()) if name.startswith("msgstr"))
            is_fuzzy = any("fuzzy" in flag for flag in flags)
            yield Entry(strings["msgid"], said, is_fuzzy, strings.get("msgid_plural", ""))


def untranslated(catalogue: str, marked: dict[str, str]) -> dict[str, str]:
    """Return what of `marked` (sentence: file) the .po file `catalogue` does not say in its language."""
    said = {entry.msgid for entry in entries(catalogue) if entry.is_translated}
    return {sentence: path for sentence, path in marked.items() if sentence not in said}


def misquoting(catalogue: str) -> list[str]:
    """Return the sentences whose translation forgets or invents a placeholder: it would fail on a page.

    A singular may leave the number out.
    """
    return [entry.msgid for entry in entries(catalogue) if entry.is_translated and _misquotes(entry)]


def _misquotes(entry):
    wanted = set(_PLACEHOLDER.findall(entry.plural or entry.msgid))
    given = [set(_PLACEHOLDER.findall(words)) for words in entry.said]
    return any(words - wanted for words in given) or given[-1] != wanted
