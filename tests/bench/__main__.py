"""The program of `make bench`; see tests/bench/__init__.py."""

import argparse
from pathlib import Path

from tests.bench import report
from tests.bench.stage import Stage


def arguments():
    parser = argparse.ArgumentParser(description="Mesure les pages à côté d’un sol.")
    parser.add_argument("--tickets", default="1000 100000", help="tailles du corpus, croissantes")
    parser.add_argument("--seconds", type=float, default=6, help="par page et par côté")
    parser.add_argument("--requests", type=int, default=3000, help="au plus, par page et par côté")
    parser.add_argument("--json", type=Path, help="fichier où écrire les mesures")
    parser.add_argument(
        "--database", default="", help="base PostgreSQL vide à utiliser (par défaut : la sienne)"
    )
    return parser.parse_args()


def main():
    asked = arguments()
    lines = []
    with Stage(asked.database) as stage:
        for tickets in sorted(map(int, asked.tickets.split())):
            lines += measured(stage, tickets, asked)
    print(report.table(lines))
    if asked.json:
        report.write_json(lines, asked.json)


def measured(stage, tickets, asked):
    """Yield a Line a page at this size, and show it at once."""
    from tests.bench.measuring import measure
    from tests.bench.pages import pages

    stage.fill(tickets)
    with stage.serve() as web:
        for page in pages():
            line = measure(page, web.port, tickets=tickets, seconds=asked.seconds, at_most=asked.requests)
            print(report.row(line), flush=True)
            yield line


if __name__ == "__main__":
    main()
