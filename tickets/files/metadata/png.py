"""PNG (third edition, chapters 5 and 11): a signature, then chunks: length, type, content, checksum."""

import zlib

from tickets.files.metadata.errors import MAX_PARTS, CannotCleanError
from tickets.files.metadata.exif import UPRIGHT, only_orientation, orientation_of

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Ancillary chunks (second kind of letter: small) without which the picture would look different or not move.
_NEEDED = {
    *(b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST"),
    *(b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT"),
}


def clean_png(body: bytes) -> bytes:
    """Return the PNG without texts, dates, Exif (but the orientation) nor anything after its end."""
    kept, orientation, place = [_SIGNATURE], UPRIGHT, len(_SIGNATURE)
    for _rank in range(MAX_PARTS):
        length = int.from_bytes(body[place : place + 4])
        chunk = body[place : place + 12 + length]
        kind = chunk[4:8]
        if len(chunk) < 12 + length or not kind.isalpha():
            raise CannotCleanError
        place += len(chunk)
        if kind == b"eXIf":
            orientation = orientation_of(chunk[8:-4])
        elif kind in _NEEDED or kind[:1].isupper():
            kept.append(chunk)
        if kind == b"IEND":
            break
    else:
        raise CannotCleanError
    if kept[1][4:8] != b"IHDR":
        raise CannotCleanError
    if orientation != UPRIGHT:
        kept.insert(2, _chunk(b"eXIf", only_orientation(orientation)))
    return b"".join(kept)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)
