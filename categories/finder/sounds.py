"""How a word sounds in French: « sesure » is « césure » for the ear, « voudré » is « voudrais »."""

import re
from functools import lru_cache

SHORTEST_SOUND = 3  # below, too many words sound the same
_SPELLINGS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"sch|sh|ch", "1"),
        (r"ph", "f"),
        (r"gz", "x"),
        (r"h", ""),
        (r"e?au", "o"),
        (r"gu(?=[eiy])", "g"),
        (r"ge(?=[aou])|g(?=[eiy])", "j"),
        (r"s?c(?=[eiy])|x$|z", "s"),
        (r"qu?|ck?", "k"),
        (r"y(?![aeiou])", "i"),
        (r"oe", "e"),
        (r"oi", "wa"),
        (r"(?:[ae]i|i|u)[nm](?![aeiounm])", "5"),
        (r"[ae][nm](?![aeiounm])", "2"),
        (r"[ae]i|e[rz]$", "e"),
        (r"(.)\1+", r"\1"),
        (r"[estdp]+$", ""),
    )
)


@lru_cache(maxsize=50_000)
def sound_of(folded: str) -> str:
    """Return how a folded word sounds, as a key: two spellings of the same sounds have the same one."""
    sound = folded
    for spelling, heard in _SPELLINGS:
        sound = spelling.sub(heard, sound)
    return sound
