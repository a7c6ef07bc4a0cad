"""JPEG (ISO/IEC 10918-1, annex B): a list of segments, then entropy-coded data, to the end of image."""

import re

from tickets.files.metadata.errors import MAX_PARTS, CannotCleanError
from tickets.files.metadata.exif import PREFIX, UPRIGHT, only_orientation, orientation_of

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
# What a decoder needs of the application segments: density, colour profile, colour transform.
_NEEDED = ((_APP0, b"JFIF\0"), (_APP2, b"ICC_PROFILE\0"), (_APP14, b"Adobe"))
# In a scan, FF is followed by 00 (a byte of data) or D0 to D7 (a restart); anything else is a marker.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_JFIF_LENGTH = 16


def clean_jpeg(body: bytes) -> bytes:
    """Return the JPEG without Exif, XMP, IPTC, comments, thumbnails nor anything after its end.

    Telephones put other pictures and films after the end, each with its own metadata.
    """
    kept = [bytes((0xFF, _START))]
    orientation, place = UPRIGHT, 2
    for _rank in range(MAX_PARTS):
        marker, place = _marker(body, place)
        if marker == _END:
            break
        if marker in _ALONE:
            kept.append(bytes((0xFF, marker)))
            continue
        segment = _segment(body, place)
        place += len(segment)
        if marker == _APP1 and segment[2:].startswith(PREFIX):
            orientation = orientation_of(segment[2:])
        if _is_needed(marker, segment):
            kept.append(bytes((0xFF, marker)) + (_without_thumbnail(segment) if marker == _APP0 else segment))
        if marker == _SCAN:
            end = _end_of_scan(body, place)
            kept.append(body[place:end])
            place = end
    else:
        raise CannotCleanError
    if orientation != UPRIGHT:
        has_jfif = len(kept) > 1 and kept[1].startswith(b"\xff\xe0")
        kept.insert(2 if has_jfif else 1, _app1(orientation))
    return b"".join(kept) + bytes((0xFF, _END))


def _marker(body: bytes, place: int) -> tuple[int, int]:
    if body[place] != 0xFF:
        raise CannotCleanError
    while body[place] == 0xFF:  # any number of them may come before a marker
        place += 1
    return body[place], place + 1


def _segment(body: bytes, place: int) -> bytes:
    length = int.from_bytes(body[place : place + 2])
    if length < 2 or place + length > len(body):
        raise CannotCleanError
    return body[place : place + length]


def _is_needed(marker: int, segment: bytes) -> bool:
    if not (_APP0 <= marker <= _APP15 or marker == _COMMENT):
        return True
    return any(marker == needed and segment[2:].startswith(name) for needed, name in _NEEDED)


def _without_thumbnail(jfif: bytes) -> bytes:
    if len(jfif) < _JFIF_LENGTH:
        raise CannotCleanError
    return _JFIF_LENGTH.to_bytes(2) + jfif[2:14] + bytes(2)


def _end_of_scan(body: bytes, place: int) -> int:
    found = _NEXT_MARKER.search(body, place)
    if found is None:
        raise CannotCleanError
    return found.start()


def _app1(orientation: int) -> bytes:
    block = PREFIX + only_orientation(orientation)
    return bytes((0xFF, _APP1)) + (len(block) + 2).to_bytes(2) + block
