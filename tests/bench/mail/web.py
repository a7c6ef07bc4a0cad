"""The page that changes a state while the SMTP server dawdles or is silent, and while Redis is down."""

from random import Random
from statistics import median

from tests.bench.load import play_all

TICKETS = 300
SECONDS, AT_MOST = 2, 400
CONNECTIONS = 2
BASE = "base"
QUICK = "smtp_quick"
WORDS = {
    BASE: "exécutant suspendu, Redis debout",
    QUICK: "SMTP répond aussitôt, exécutant occupé",
    "smtp_slow": "SMTP répond après 10 s",
    "smtp_silent": "SMTP ne répond jamais",
    "redis_down": "Redis arrêté",
}


def run(stage, *, rounds):
    """Return, by condition, (words, ratio to the page alone, milliseconds a page): medians of the rounds.

    Each round asks under every condition in turn, of the same processes; Redis last, for they remember its
    failure for a while. They are new in each round.
    """
    stage.fill(TICKETS)
    times = {name: [] for name in WORDS}
    # A worker that hands mails over takes processor from the page on a machine of two cores, one that waits
    # for a server does not: all is compared to a page that is alone.
    with stage.worker(is_humble=True, EMAIL_TIMEOUT="30") as worker:
        for _round in range(rounds):
            with stage.serve() as web:
                _play(web)  # warm
                for name in WORDS:
                    with worker.suspended() if name == BASE else stage.in_trouble(name):
                        times[name].append(_play(web))
    return {name: (words, _ratio(times, name), median(times[name]) * 1000) for name, words in WORDS.items()}


def _ratio(times, name):
    return median(one / base for one, base in zip(times[name], times[BASE], strict=True))


def _play(web):
    """Return the seconds a page takes."""
    from accounts.models import User
    from teledemande.corpus.people import OVERSEER
    from tests.bench.pages import _taking
    from tests.bench.people import Reader

    page = _taking(Reader(User.objects.get(capacity=OVERSEER)), Random(1))
    plays = [page.ours(rank) for rank in range(min(CONNECTIONS, page.connections))]
    count, took = play_all(web.port, plays, seconds=SECONDS, at_most=AT_MOST)
    return took * len(plays) / count
