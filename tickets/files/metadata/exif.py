"""The one thing of Exif that changes what is seen: the orientation (Exif 2.32, tag 0x0112)."""

import struct

PREFIX = b"Exif\0\0"
UPRIGHT = 1
_ORIENTATION = 0x0112
_SHORT = 3
_MAX_ENTRIES = 1000


def orientation_of(exif: bytes) -> int:
    """Return the orientation (1 to 8) that an Exif block says; upright when it says nothing readable."""
    tiff = exif.removeprefix(PREFIX)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for rank in range(min(count, _MAX_ENTRIES)):
            tag, kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * rank)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return value if 1 <= value <= 8 else UPRIGHT
    except struct.error:
        return UPRIGHT
    return UPRIGHT


def only_orientation(value: int) -> bytes:
    """Return an Exif block (without its prefix) that says the orientation and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, value, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
