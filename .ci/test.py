"""`make test`: check everything, on real servers, and say at the end what ran, how long, and what did not.

    python .ci/test.py [--parts "lint sqlite"] [--pytest "-k recherche"]

The parts are in `parts.py`. What Debian lacks is installed by root; otherwise the command is shown and
the parts that needed it are reported as not run, which `CI=true` counts as failures.
"""

import argparse
import os
import shlex
import signal
import sys
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)

# For .ci/run: make adds a line of its own after a failure.
LAST_LINE_FILE = ROOT / ".venv" / "last-test"

import debian  # noqa: E402 -- path first
import lanes  # noqa: E402 -- path first
from parts import PARTS, Outcome, Part  # noqa: E402 -- path first


def parse_arguments():
    parser = argparse.ArgumentParser(description="Vérifie Télé-demande.")
    parser.add_argument("--parts", default="", help=f"parmi : {' '.join(PARTS)}")
    parser.add_argument("--pytest", default="", help="options passées à pytest")
    return parser.parse_args()


def chosen(names: str) -> list[Part]:
    """Return the parts asked for, all by default, in their own order."""
    wanted = names.split() or list(PARTS)
    if unknown := [name for name in wanted if name not in PARTS]:
        sys.exit(f"Partie inconnue : {', '.join(unknown)}. Choix : {', '.join(PARTS)}.")
    return [part for name, part in PARTS.items() if name in wanted]


def run(name: str, *, pytest_options: list[str], absent: list[str]) -> Outcome:
    """Run one part, or report why it cannot run."""
    part = PARTS[name]
    print(f"\n=== {part.name} : {part.title} ===", flush=True)
    if lacking := [package for package in part.packages if package in absent]:
        reason = f"NON EXÉCUTÉ : il manque {', '.join(lacking)}"
        print(reason, flush=True)
        return Outcome(failed=1 if debian.is_strict() else 0, note=reason)
    started = time.monotonic()
    outcome = part.run(pytest_options)
    outcome.seconds = time.monotonic() - started
    return outcome


def summary(outcomes: dict[str, Outcome]) -> str:
    """Return the table of parts."""
    lines = [
        "",
        "=== résumé ===",
        f"{'partie':<12}{'résultat':<10}{'durée':>8}{'réussis':>9}{'échecs':>8}{'ignorés':>9}",
    ]
    for name in (name for name in PARTS if name in outcomes):
        one = outcomes[name]
        word = "échec" if one.failed else "non fait" if one.note else "bon"
        lines.append(
            f"{name:<12}{word:<10}{one.seconds:>6.1f} s{one.passed:>9}{one.failed:>8}{one.skipped:>9}"
        )
    lines += [f"!!! {name} : {one.note}" for name, one in outcomes.items() if one.note]
    return "\n".join(lines)


def closing_line(outcomes: dict[str, Outcome]) -> str:
    """Return the last line, in the words of pytest, for people and programs that count."""
    passed, failed, skipped = (
        sum(getattr(one, field) for one in outcomes.values()) for field in ("passed", "failed", "skipped")
    )
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


def main() -> int:
    arguments = parse_arguments()
    # SIGTERM as Ctrl-C: the servers are stopped on the way out.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parts = chosen(arguments.parts)
    absent = debian.ensure({package for part in parts for package in part.packages})
    outcomes: dict[str, Outcome] = {}
    run_one = partial(run, pytest_options=shlex.split(arguments.pytest), absent=absent)
    try:
        if len(parts) == 1:  # alone, it is seen as it runs
            outcomes[parts[0].name] = run_one(parts[0].name)
        else:
            lanes.run_side_by_side(parts, run_one, outcomes.__setitem__)
    except KeyboardInterrupt:
        print("\nInterrompu.")
        return 130
    finally:
        print(summary(outcomes))
    print(last_line := closing_line(outcomes), flush=True)
    LAST_LINE_FILE.write_text(f"{last_line}\n", encoding="utf-8")
    return 1 if any(one.failed for one in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
