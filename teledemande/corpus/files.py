"""Files of the corpus: what the database knows of them. Their content does not exist."""

import uuid
from datetime import datetime, timedelta
from random import Random

from categories.questionnaire.definition import Definition
from teledemande.corpus.prose import words
from tickets.models import Attachment, Verdict

_NONE, _MOST = 0.5, 3
_SMALLEST, _LARGEST = 4_000, 15_000_000


def joined_files(rng: Random, form: Definition | None, at: datetime) -> list[Attachment]:
    """Return the files joined at `at`: to a filing, for the pieces of `form`, or to a message (no form)."""
    if form is None:
        return [_file(rng, "", at)]
    pieces = [one.name for one in form.pieces if one.condition is None]
    if not pieces and rng.random() < _NONE:
        return []
    pieces = [name for name in pieces if rng.random() < 0.8][:_MOST] or [""]
    return [_file(rng, name, at) for name in pieces]


def _file(rng: Random, piece: str, at: datetime) -> Attachment:
    name, content_type, size = rng.choice(words()["files"])
    stored = f"{rng.getrandbits(128):032x}"
    return Attachment(
        uuid=uuid.UUID(int=rng.getrandbits(128), version=4),
        content=f"{stored[:2]}/{stored[2:4]}/{stored}",
        name=name,
        size=min(max(int(size * rng.lognormvariate(0, 0.6)), _SMALLEST), _LARGEST),
        content_type=content_type,
        sha256=f"{rng.getrandbits(256):064x}",
        piece=piece,
        verdict=Verdict.CLEAN,
        checked_at=at + timedelta(seconds=rng.randint(1, 40)),
        check_after=at,
        created_at=at,
    )
