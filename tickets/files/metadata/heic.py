"""HEIC (ISO/IEC 14496-12 and 23008-12): boxes; `meta` lists the items, and says where each one is.

Nothing may move, for places are counted from the start of the file: the items of metadata are blanked. The
orientation is a property of the picture (`irot`, `imir`), not Exif's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tickets.files.metadata.errors import MAX_PARTS, CannotCleanError

_EMPTY_EXIF = bytes(4) + b"MM\0*\0\0\0\x08" + bytes(6)  # a valid Exif block that says nothing


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    content: int  # where it begins, after the header
    end: int


def clean_heic(body: bytes) -> bytes:
    """Return the picture, of the same length, its Exif and XMP blanked."""
    result = bytearray(body)
    boxes = {box.kind: box for box in _boxes(body, 0, len(body))}
    if b"meta" not in boxes or b"moov" in boxes:  # a sequence of pictures: not understood here
        raise CannotCleanError
    inner = {box.kind: box for box in _boxes(body, boxes[b"meta"].content + 4, boxes[b"meta"].end)}
    items = _metadata_items(body, inner[b"iinf"]) if b"iinf" in inner else {}
    places = _places(body, inner) if items else {}
    # Items that lie over each other would be blanked over and over.
    if sum(end - start for item in items for start, end in places[item]) > len(body):
        raise CannotCleanError
    for item, kind in items.items():
        _blank(result, places[item], kind)
    for box in _boxes(body, 0, len(body)):
        if box.kind == b"uuid":
            result[box.start + 4 : box.start + 8] = b"free"
            result[box.content : box.end] = bytes(box.end - box.content)
    return bytes(result)


def _boxes(body: bytes, place: int, end: int) -> Iterator[_Box]:
    for _rank in range(MAX_PARTS):
        if place >= end:
            return
        size, kind, header = int.from_bytes(body[place : place + 4]), body[place + 4 : place + 8], 8
        if size == 1:
            size, header = int.from_bytes(body[place + 8 : place + 16]), 16
        elif size == 0:
            size = end - place
        if size < header or place + size > end:
            raise CannotCleanError
        yield _Box(kind, place, place + header, place + size)
        place += size
    raise CannotCleanError


def _metadata_items(body: bytes, iinf: _Box) -> dict[int, bytes]:
    wide = body[iinf.content] > 0
    found = {}
    for entry in _boxes(body, iinf.content + (8 if wide else 6), iinf.end):
        version = body[entry.content]
        if entry.kind != b"infe" or version < 2:
            raise CannotCleanError
        size = 2 if version == 2 else 4
        place = entry.content + 4
        kind, rest = body[place + size + 2 : place + size + 6], body[place + size + 6 : entry.end]
        if kind == b"Exif" or (kind == b"mime" and b"xml" in rest):  # XMP
            found[int.from_bytes(body[place : place + size])] = kind
    return found


def _places(body: bytes, inner: dict[bytes, _Box]) -> dict[int, list[tuple[int, int]]]:
    """Return where each item is in the file: in one place or several."""
    if b"iloc" not in inner:
        raise CannotCleanError
    places = {}
    origins = {0: 0} | ({1: inner[b"idat"].content} if b"idat" in inner else {})
    for item, method, base, extents in _locations(body, inner[b"iloc"]):
        if method in origins:  # else inside another item
            origin = origins[method] + base
            places[item] = [(origin + start, origin + start + length) for start, length in extents]
    return places


def _locations(body: bytes, iloc: _Box) -> Iterator[tuple[int, int, int, list[tuple[int, int]]]]:
    reader = _Reader(body, iloc.content, iloc.end)
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if not offset + length:
        raise CannotCleanError
    count, total = reader.number(4 if version == 2 else 2), 0
    for _rank in range(min(count, MAX_PARTS)):
        item = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)  # the data reference: this file
        start = reader.number(base)
        extents = []
        total += (several := reader.number(2))
        if total > MAX_PARTS:
            raise CannotCleanError
        for _number in range(several):
            reader.number(index if version else 0)
            extents.append((reader.number(offset), reader.number(length)))
        yield item, method, start, extents


class _Reader:
    def __init__(self, body: bytes, place: int, end: int) -> None:
        self.body, self.place, self.end = body, place, end

    def number(self, size: int) -> int:
        """Return the next number, of `size` bytes; zero bytes make zero."""
        if self.place + size > self.end:
            raise CannotCleanError
        self.place += size
        return int.from_bytes(self.body[self.place - size : self.place])


def _blank(result: bytearray, extents: list[tuple[int, int]], kind: bytes) -> None:
    for start, end in extents:
        if not 0 < start < end <= len(result):
            raise CannotCleanError
        result[start:end] = bytes(end - start)
    if kind == b"Exif" and len(extents) == 1 and extents[0][1] - extents[0][0] >= len(_EMPTY_EXIF):
        start = extents[0][0]
        result[start : start + len(_EMPTY_EXIF)] = _EMPTY_EXIF
