"""The program of `make bench-mail`; see tests/bench/mail/__init__.py."""

import argparse
import sys

from tests.bench.mail import backlog, faults, outage, report, throughput, web
from tests.bench.mail.stage import MailStage

PARTS = ("faults", "outage", "web", "throughput", "memory", "backlog")


def arguments():
    parser = argparse.ArgumentParser(description="Mesure la boîte d’envoi.")
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="partie", help=" ".join(PARTS))
    parser.add_argument("--notifications", type=int, default=10_000, help="écrites pendant les pannes")
    parser.add_argument(
        "--killing-seconds", type=float, default=0, help="durée des pannes (sinon, selon le nombre)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="tours de la page qui change un état")
    parser.add_argument("--mails", type=int, default=2_000, help="courriels par tour, à côté de smtplib")
    parser.add_argument("--memory-mails", type=int, default=10_000, help="courriels d’un seul exécutant")
    parser.add_argument("--backlog", type=int, default=100_000, help="courriels en retard")
    parser.add_argument("--seed", type=int, default=20_261_128)
    parser.add_argument(
        "--database", default="", help="base PostgreSQL vide à utiliser (par défaut : la sienne)"
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"parties inconnues : {' '.join(sorted(unknown))}")
    return asked


def main():
    asked, shown = arguments(), report.Report()
    print(report.conditions(), flush=True)
    with MailStage(asked.database) as stage:
        for part in (part for part in PARTS if part in asked.parts):
            {
                "faults": _faults,
                "outage": _outage,
                "web": _web,
                "throughput": _throughput,
                "memory": _memory,
                "backlog": _backlog,
            }[part](stage, asked, shown)
    print(shown.last_line())
    return 0 if shown.is_met else 1


def _faults(stage, asked, shown):
    seconds = asked.killing_seconds or max(faults.KILLING_SECONDS, asked.notifications / 100)
    shown.storm(faults.run(stage, notifications=asked.notifications, seed=asked.seed, seconds=seconds))


def _outage(stage, asked, shown):
    shown.outage(*outage.run(stage, notifications=min(asked.notifications, 1000)))


def _web(stage, asked, shown):
    shown.web(web.run(stage, rounds=asked.rounds))


def _throughput(stage, asked, shown):
    shown.throughput(throughput.rates(stage, mails=asked.mails))


def _memory(stage, asked, shown):
    shown.memory(throughput.memory(stage, mails=asked.memory_mails))


def _backlog(stage, asked, shown):
    shown.backlog(backlog.run(size=asked.backlog))


if __name__ == "__main__":
    sys.exit(main())
