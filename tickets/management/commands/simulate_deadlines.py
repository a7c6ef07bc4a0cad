"""Print the legal dates of cases as JSON; without database or clock, the same cases give the same dates."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from tickets.calculator.reading import LARGEST_MEGABYTES, BadCasesError, read_cases
from tickets.calculator.words import explanation_of, lines_of
from tickets.clock.deadlines import deadlines_of
from tickets.clock.facts import Case

_BAD_INPUT = 2


class Command(BaseCommand):
    help = "Calcule les dates légales de cas écrits en JSON (fichier, ou « - » pour l’entrée standard)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", metavar="FICHIER", help="fichier JSON, ou « - »")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the dates; a case that is wrong is named on the standard error, with its key (status 2)."""
        with translation.override("fr"):
            try:
                cases = read_cases(_content(options["file"]))
            except BadCasesError as error:
                raise CommandError(str(error), returncode=_BAD_INPUT) from error
            results = [_result(name, case) for name, case in cases.items()]
        self.stdout.write(json.dumps(results, indent=1, ensure_ascii=not self._writes_unicode()))

    def _writes_unicode(self) -> bool:
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        return encoding.lower().replace("-", "") == "utf8"


def _content(name: str) -> bytes:
    most = LARGEST_MEGABYTES * 1_000_000 + 1
    try:
        if name == "-":
            return sys.stdin.buffer.read(most)
        with Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        words = _("Le fichier « %(name)s » n’a pas pu être lu : %(reason)s.")
        raise BadCasesError([words % {"name": name, "reason": error.strerror}]) from error


def _result(name: str, case: Case) -> dict[str, str | None]:
    lines = lines_of(case, deadlines_of(case))
    days = {line.key: None if line.day is None else line.day.isoformat() for line in lines}
    return {"id": name, **days, "explanation": explanation_of(lines)}
