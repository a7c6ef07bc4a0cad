"""TIFF 6.0: lists of tagged values, at places the file gives. Nothing may move: metadata is blanked."""

import struct
from dataclasses import dataclass, field

from tickets.files.metadata.errors import CannotCleanError

# What describes the pixels and how to show them (TIFF 6.0, Technical Note 2, ICC.1); the rest is dropped.
_NEEDED = {
    *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283),
    *(284, 286, 287, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332),
    *(333, 334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530),
    *(531, 532, 34675),
}
_PLACES = {273: 279, 324: 325, 513: 514}  # where pixels are: tag of the places, tag of the lengths
_LISTS = {330, 34665, 34853, 40965}  # other lists: reduced pictures, Exif, GPS, interoperability
_REDUCED = 330
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
# Lists may lie over each other: a small file can name very many entries.
_MAX_LISTS, _MAX_ENTRIES, _MAX_VALUES = 500, 50_000, 200_000

Span = tuple[int, int]


def clean_tiff(body: bytes) -> bytes:
    """Return the TIFF, of the same length, with what does not describe its pixels blanked."""
    cleaning = _Cleaning(bytearray(body), "<" if body[:2] == b"II" else ">")
    cleaning.walk()
    return bytes(cleaning.body)


@dataclass
class _Cleaning:
    body: bytearray
    order: str
    seen: set[int] = field(default_factory=set)
    blank: list[Span] = field(default_factory=list)
    needed: list[Span] = field(default_factory=list)
    lists: list[tuple[int, list[bytes], int]] = field(default_factory=list)
    entries_read: int = 0
    values_read: int = 0

    def walk(self) -> None:
        """Read every list, then blank and write; raise before anything is changed."""
        place = self.read("I", 4)
        while place:
            place = self.read_list(place, is_picture=True)
        self.refuse_overlaps()
        self.blank_once()
        for place, entries, count in self.lists:
            self.write_list(place, entries, count)

    def read(self, kind: str, place: int) -> int:
        """Return the number at `place`, of a `struct` kind."""
        return struct.unpack_from(self.order + kind, self.body, place)[0]

    def read_list(self, place: int, *, is_picture: bool) -> int:
        """Note what to keep and what to blank of the list at `place`; return the place of the next one."""
        if place in self.seen or len(self.seen) >= _MAX_LISTS:
            raise CannotCleanError
        self.seen.add(place)
        count = self.read("H", place)
        self.entries_read += count
        if self.entries_read > _MAX_ENTRIES:
            raise CannotCleanError
        entries = [bytes(self.body[place + 2 + 12 * n : place + 14 + 12 * n]) for n in range(count)]
        if any(len(entry) < 12 for entry in entries):
            raise CannotCleanError
        self.note(entries, is_picture=is_picture)
        following = self.read("I", place + 2 + 12 * count)
        if is_picture:
            kept = [entry for entry in entries if self.tag(entry) in _NEEDED | {_REDUCED}]
            self.lists.append((place, kept, count))
            self.needed.append((place, place + 6 + 12 * count))
        else:
            self.blank.append((place, place + 6 + 12 * count))
        return following

    def tag(self, entry: bytes) -> int:
        """Return the tag of an entry."""
        return struct.unpack_from(self.order + "H", entry)[0]

    def note(self, entries: list[bytes], *, is_picture: bool) -> None:
        """Note where the values of a list are, and read the lists it points to."""
        values = {}
        for entry in entries:
            tag, kind, count = struct.unpack_from(self.order + "HHI", entry)
            is_needed = is_picture and tag in _NEEDED | {_REDUCED}
            span = self.span(kind, count, entry)
            if span:
                (self.needed if is_needed else self.blank).append(span)
            if tag in _LISTS or (is_needed and tag in {*_PLACES, *_PLACES.values()}):
                values[tag] = self.numbers(kind, count, entry, span)
        for tag in _LISTS & set(values):
            for place in values[tag]:
                self.read_list(place, is_picture=is_picture and tag == _REDUCED)
        for places, lengths in _PLACES.items():
            pairs = zip(values.get(places, ()), values.get(lengths, ()), strict=False)
            self.needed.extend((start, start + length) for start, length in pairs)

    def span(self, kind: int, count: int, entry: bytes) -> Span | None:
        """Return where the value of an entry is, None when it is in the entry itself."""
        size = _SIZES.get(kind, 0) * count
        if size <= 4:
            return None
        start = struct.unpack_from(self.order + "I", entry, 8)[0]
        if start + size > len(self.body):
            raise CannotCleanError
        return start, start + size

    def numbers(self, kind: int, count: int, entry: bytes, span: Span | None) -> list[int]:
        """Return the value of an entry that holds whole numbers."""
        letter = {3: "H", 4: "I", 13: "I"}.get(kind)
        self.values_read += count
        if letter is None or self.values_read > _MAX_VALUES:
            raise CannotCleanError
        source = self.body[span[0] : span[1]] if span else entry[8:]
        return list(struct.unpack_from(f"{self.order}{count}{letter}", source))

    def refuse_overlaps(self) -> None:
        """A file may give one place to two values: what is needed must not be blanked with the rest."""
        spans = sorted([(*span, True) for span in self.needed] + [(*span, False) for span in self.blank])
        ends = {True: 0, False: 0}
        for start, end, is_needed in spans:
            if start < ends[not is_needed] and start < end:
                raise CannotCleanError
            ends[is_needed] = max(ends[is_needed], end)

    def blank_once(self) -> None:
        """Blank each place once, however many values are said to be there."""
        done = 0
        for start, end in sorted(self.blank):
            if done < end:
                first = max(start, done)
                self.body[first:end] = bytes(end - first)
                done = end

    def write_list(self, place: int, entries: list[bytes], count: int) -> None:
        """Write the entries kept where the list of `count` was; its end is blank."""
        following = bytes(self.body[place + 2 + 12 * count : place + 6 + 12 * count])
        written = struct.pack(self.order + "H", len(entries)) + b"".join(entries) + following
        self.body[place : place + 6 + 12 * count] = written.ljust(6 + 12 * count, b"\0")
