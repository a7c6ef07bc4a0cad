"""Pictures made to keep a processor busy: small files whose parts lie over each other, very many times."""

import io
import struct
import time

import pytest

from tests.tickets.files.metadata.pictures import box
from tickets.files import signatures
from tickets.files.metadata import Cleaned, without_metadata

MANY = 0xFFFF
SECOND = 1.0


def lists_over_each_other(count):
    """Return a TIFF whose lists, of as many entries as may be, begin four bytes after each other."""
    starts = [8 + 4 * rank for rank in range(count)]
    body = bytearray(starts[-1] + 2 + 12 * MANY + 8)
    body[:8] = b"II*\0" + struct.pack("<I", 8)
    for start, following in zip(starts, [*starts[1:], 0], strict=True):
        body[start : start + 2] = struct.pack("<H", MANY)
        body[start + 2 + 12 * MANY : start + 6 + 12 * MANY] = struct.pack("<I", following)
    return bytes(body)


def values_over_each_other(size):
    """Return a TIFF of one list whose many values are all the rest of the file."""
    count = 20_000
    entries = struct.pack("<HHII", 270, 2, size, 8 + 6 + 12 * count) * count
    return b"II*\0" + struct.pack("<IH", 8, count) + entries + bytes(4) + b"s" * size


def heic(infes, iloc, *after):
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", len(infes)) + b"".join(infes))
    meta = box(b"meta", bytes(4) + iinf + box(b"iloc", bytes(4) + iloc))
    return b"".join((box(b"ftyp", b"heic" + bytes(4)), meta, *after))


def exif(number):
    return box(b"infe", b"\2\0\0\0" + struct.pack(">HH", number, 0) + b"Exif\0")


def places_of_one_byte(items):
    one = struct.pack(">HHH", 1, 0, MANY) + bytes(MANY)
    return heic([exif(1)], b"\1\0" + struct.pack(">H", items) + one * items)


def items_over_each_other(size):
    count = 5000
    each = b"".join(struct.pack(">HHHII", number, 0, 1, 8, size) for number in range(count))
    infes = [exif(number) for number in range(count)]
    return heic(infes, b"\x44\0" + struct.pack(">H", count) + each, box(b"mdat", bytes(size)))


ENDLESS = {
    "tiff-lists": (lists_over_each_other(60), signatures.TIFF, True),
    "tiff-values": (values_over_each_other(3_000_000), signatures.TIFF, False),
    "heic-places": (places_of_one_byte(30), signatures.HEIC, True),
    "heic-items": (items_over_each_other(3_000_000), signatures.HEIC, True),
    "heic-boxes": (heic([], b"") + box(b"free", b"") * 600_000, signatures.HEIC, True),
}


@pytest.mark.parametrize(("body", "kind", "is_given_up"), ENDLESS.values(), ids=ENDLESS)
def test_picture_made_to_last_does_not(body, kind, is_given_up):
    start = time.process_time()

    cleaned = without_metadata(io.BytesIO(body), kind.content_type)

    assert time.process_time() - start < SECOND
    assert (cleaned == Cleaned(keeps_metadata=True)) is is_given_up


def test_values_in_one_place_are_blanked_all_the_same():
    cleaned = without_metadata(io.BytesIO(values_over_each_other(500)), "image/tiff")

    assert b"s" not in cleaned.content
