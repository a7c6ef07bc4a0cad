"""Take out of photographs what says where, when and with what they were taken.

Nothing is decoded: the parts of the file that hold metadata are dropped, the pixels are copied byte for byte.
So a picture loses no quality, a « bomb » of pixels costs nothing, and what is not understood stays untouched.
The orientation and the colour profile stay: without them the picture would look different.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from tickets.files import signatures
from tickets.files.metadata.errors import CannotCleanError
from tickets.files.metadata.heic import clean_heic
from tickets.files.metadata.jpeg import clean_jpeg
from tickets.files.metadata.png import clean_png
from tickets.files.metadata.tiff import clean_tiff
from tickets.files.metadata.webp import clean_webp

_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    signatures.JPEG.content_type: clean_jpeg,
    signatures.PNG.content_type: clean_png,
    signatures.WEBP.content_type: clean_webp,
    signatures.TIFF.content_type: clean_tiff,
    signatures.HEIC.content_type: clean_heic,
}


@dataclass(frozen=True)
class Cleaned:
    """`content`: the picture without its metadata, None when it is best left as it came.

    `keeps_metadata`: it was not understood, and may still say where it was taken.
    """

    content: bytes | None = None
    keeps_metadata: bool = False


def without_metadata(file: IO[bytes], content_type: str) -> Cleaned:
    """Return what becomes of an open file of that type; it is rewound. Never raises for its content."""
    clean = _CLEANERS.get(content_type)
    if clean is None:
        return Cleaned()
    file.seek(0)
    body = file.read()
    file.seek(0)
    try:
        result = clean(body)
    except (CannotCleanError, struct.error, LookupError, ValueError):
        return Cleaned(keeps_metadata=True)
    return Cleaned(content=result if result != body else None)
