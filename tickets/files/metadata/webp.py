"""WebP (RFC 9649): a RIFF file whose chunks are padded to an even length."""

from tickets.files.metadata.errors import MAX_PARTS, CannotCleanError
from tickets.files.metadata.exif import UPRIGHT, only_orientation, orientation_of

_NEEDED = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # bits of the first byte of VP8X


def clean_webp(body: bytes) -> bytes:
    """Return the WebP without Exif (but the orientation), XMP nor unknown chunks."""
    end = 8 + int.from_bytes(body[4:8], "little")
    if end > len(body):
        raise CannotCleanError
    kept: list[tuple[bytes, bytes]] = []
    orientation, place = UPRIGHT, 12
    for _rank in range(MAX_PARTS):
        if place >= end:
            break
        kind, length = body[place : place + 4], int.from_bytes(body[place + 4 : place + 8], "little")
        content = body[place + 8 : place + 8 + length]
        if len(content) < length or len(kind) < 4:
            raise CannotCleanError
        place += 8 + length + length % 2
        if kind == b"EXIF":
            orientation = orientation_of(content)
        elif kind in _NEEDED:
            kept.append((kind, content))
    else:
        raise CannotCleanError
    return _riff(_flagged(kept, orientation))


def _flagged(chunks: list[tuple[bytes, bytes]], orientation: int) -> list[tuple[bytes, bytes]]:
    if not chunks:
        raise CannotCleanError
    kind, content = chunks[0]
    if kind != b"VP8X":
        return chunks
    flags = content[0] & ~(_HAS_EXIF | _HAS_XMP)
    if orientation == UPRIGHT:
        return [(kind, bytes((flags,)) + content[1:]), *chunks[1:]]
    exif = (b"EXIF", only_orientation(orientation))
    return [(kind, bytes((flags | _HAS_EXIF,)) + content[1:]), *chunks[1:], exif]


def _riff(chunks: list[tuple[bytes, bytes]]) -> bytes:
    content = b"WEBP" + b"".join(
        kind + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + len(content).to_bytes(4, "little") + content
