"""What became of the mails: the rows of the outbox beside what the server kept and refused."""

from collections import defaultdict
from dataclasses import dataclass, field

# notifications.claims.PATIENCE, which this module does not import: it is no part of Django. A test compares.
PATIENCE = 3


@dataclass(frozen=True)
class Row:
    """A mail of the outbox, in the order they were written."""

    message_id: str
    to: str
    state: str
    answer: str = ""
    line: tuple[object, ...] = ()  # its request and its address: those leave in order
    tries: int = 1


@dataclass(frozen=True)
class Kept:
    """A mail as the server received it, in the order they came."""

    message_id: str
    recipients: tuple[str, ...]
    addressed_to: str  # as the mail itself says


@dataclass
class Verdict:
    """What is wrong with which mail, by Message-ID."""

    lost: list[str] = field(default_factory=list)
    misaddressed: list[str] = field(default_factory=list)
    repeated: dict[str, int] = field(default_factory=dict)  # how many times too many
    overtaken: list[str] = field(default_factory=list)  # by a younger one, when they held it back
    failed: int = 0

    @property
    def duplicates(self) -> int:
        """How many mails were one too many."""
        return sum(self.repeated.values())


def judge(rows: list[Row], kept: list[Kept], refused: dict[str, str]) -> Verdict:
    """Compare. `refused`: by Message-ID, what the server said to what it refused for good.

    A mail is not lost when the server keeps it, or when it is failed with the very words of the refusal.
    """
    verdict, known = Verdict(), {row.message_id: row for row in rows}
    arrived: dict[str, list[int]] = defaultdict(list)
    for rank, mail in enumerate(kept):
        arrived[mail.message_id].append(rank)
        row = known.get(mail.message_id)
        if row is None or mail.recipients != (row.to,) or mail.addressed_to != row.to:
            verdict.misaddressed.append(mail.message_id)
    for row in rows:
        _judge_row(row, arrived.get(row.message_id, []), refused, verdict)
    _judge_order(rows, arrived, verdict)
    return verdict


def _judge_row(row, ranks, refused, verdict):
    is_refused = row.state == "failed" and row.answer == refused.get(row.message_id)
    verdict.failed += is_refused
    if not (is_refused or (row.state == "sent" and ranks)):
        verdict.lost.append(row.message_id)
    if len(ranks) > 1:
        verdict.repeated[row.message_id] = len(ranks) - 1


def _judge_order(rows, arrived, verdict):
    lines: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.message_id in arrived:
            lines[row.line].append(row)
    for line in lines.values():
        for rank, row in enumerate(line):
            came = arrived[row.message_id][0]
            younger = [arrived[one.message_id][0] for one in line[rank + 1 :]]
            if row.tries <= PATIENCE and min(younger, default=came) < came:
                verdict.overtaken.append(row.message_id)
