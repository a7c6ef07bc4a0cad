"""Ask both sides of each page in turn."""

from tests.bench.load import CONNECTIONS, WrongAnswerError, play_all
from tests.bench.report import Line

ROUNDS = 5


def measure(page, port, *, tickets, seconds, at_most):
    """Return the Line of `page`: `seconds` and `at_most` plays a side, shared by ROUNDS."""
    sides = {"ours": page.ours, "floor": page.floor}
    plays = {name: [side(rank) for rank in range(page.connections)] for name, side in sides.items()}
    for one in plays.values():  # processes, connections, caches and templates are ready afterwards
        _round(page, port, one, seconds=seconds / ROUNDS, at_most=CONNECTIONS * 2)
    rates = {"ours": [], "floor": []}
    for _round_number in range(ROUNDS):
        for name, one in plays.items():
            rates[name].append(
                _round(page, port, one, seconds=seconds / ROUNDS, at_most=max(1, at_most // ROUNDS))
            )
    return Line(tickets, page.name, page.beside, page.goal, **rates)


def _round(page, port, plays, *, seconds, at_most):
    before = page.written() if page.written else 0
    played, took = play_all(port, plays, seconds=seconds, at_most=at_most)
    if page.written and page.written() - before != played:
        raise WrongAnswerError(f"{page.name}: {played} plays left {page.written() - before} rows")
    return played / took
