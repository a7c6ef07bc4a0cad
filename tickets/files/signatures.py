"""Recognise a file by its content. What is not on this list does not come in.

The extension must agree with the content: a file that lies about itself is refused. Magic numbers are those
of the formats' own specifications (ISO 32000, ISO/IEC 10918, PNG third edition, APPNOTE 6.3, ISO/IEC 26300,
ECMA-376, ISO/IEC 23008-12).
"""

import lzma
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class FileKind:
    """One accepted kind: its media type and the extensions it may bear."""

    content_type: str
    extensions: tuple[str, ...]


PDF = FileKind("application/pdf", ("pdf",))
JPEG = FileKind("image/jpeg", ("jpg", "jpeg", "jpe"))
PNG = FileKind("image/png", ("png",))
GIF = FileKind("image/gif", ("gif",))
WEBP = FileKind("image/webp", ("webp",))
HEIC = FileKind("image/heic", ("heic", "heif"))
TIFF = FileKind("image/tiff", ("tif", "tiff"))
TEXT = FileKind("text/plain", ("txt", "csv"))
RTF = FileKind("application/rtf", ("rtf",))
DOC = FileKind("application/x-ole-storage", ("doc", "xls", "ppt", "msg"))
ODF = {
    "application/vnd.oasis.opendocument.text": FileKind("application/vnd.oasis.opendocument.text", ("odt",)),
    "application/vnd.oasis.opendocument.spreadsheet": FileKind(
        "application/vnd.oasis.opendocument.spreadsheet", ("ods",)
    ),
    "application/vnd.oasis.opendocument.presentation": FileKind(
        "application/vnd.oasis.opendocument.presentation", ("odp",)
    ),
}
_OOXML = "application/vnd.openxmlformats-officedocument"
OOXML = {
    "word/": FileKind(f"{_OOXML}.wordprocessingml.document", ("docx",)),
    "xl/": FileKind(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",)),
    "ppt/": FileKind(f"{_OOXML}.presentationml.presentation", ("pptx",)),
}

_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
_ZIP = b"PK\x03\x04"
_MARK = b"\xef\xbb\xbf"
# What comes before a PDF header must not be another format, which another program would open.
_FOREIGN = (b"MZ", b"\x7fELF", b"<", b"#!", _ZIP)
_HEAD = 4096
_MAX_ENTRIES = 5000
_MAX_DIRECTORY = 1024 * 1024
_MAX_TYPES = 512 * 1024
_MAX_MIMETYPE = 100
# The only ways to compress that the formats allow (ISO/IEC 21320-1), and that `zipfile` opens up to a limit.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # encrypted, or compressed in an unknown way
    ValueError,
)

ACCEPTED_EXTENSIONS = tuple(
    extension
    for kind in (PDF, JPEG, PNG, HEIC, GIF, WEBP, TIFF, *ODF.values(), *OOXML.values(), DOC, RTF, TEXT)
    for extension in kind.extensions
)


def recognise(file):
    """Return the FileKind of an open binary `file`, or None. The file is rewound."""
    file.seek(0)
    head = file.read(_HEAD)
    kind = _by_start(head) or _as_pdf(head) or _by_container(head, file) or _as_text(head)
    file.seek(0)
    return kind


def _by_start(head):
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def _as_pdf(head):
    # ISO 32000 lets the header come within the first 1024 bytes.
    is_pdf = b"%PDF-" in head[:1024] and not _bare(head).startswith(_FOREIGN)
    return PDF if is_pdf else None


def _by_container(head, file):
    if not head.startswith(_ZIP) or not _has_small_directory(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            return _in_archive(archive)
    except _ARCHIVE_ERRORS:
        return None


def _has_small_directory(file):
    # `zipfile` reads the whole list of entries before anything else: 20 MB may hold 400,000 of them.
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 22 - 65_535))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22 or tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return False
    return int.from_bytes(tail[end + 12 : end + 16], "little") <= _MAX_DIRECTORY


def _in_archive(archive):
    names = archive.namelist()
    if not names or len(names) > _MAX_ENTRIES:
        return None
    if names[0] == "mimetype":
        return ODF.get(_start_of(archive, "mimetype", _MAX_MIMETYPE).decode("ascii", "replace").strip())
    if "[Content_Types].xml" in names and not _has_macros(archive):
        return next((kind for start, kind in OOXML.items() if any(n.startswith(start) for n in names)), None)
    return None


def _start_of(archive, name, most):
    # Never archive.read(): it opens everything before it looks at the size, which a « bomb » lies about.
    info = archive.getinfo(name)
    if info.compress_type not in _COMPRESSIONS:
        raise zipfile.BadZipFile(name)
    with archive.open(info) as inside:
        return inside.read(most)


def _has_macros(archive):
    # ECMA-376: the list of content types says what each part is, whatever its name.
    types = _start_of(archive, "[Content_Types].xml", _MAX_TYPES)
    if len(types) >= _MAX_TYPES:
        return True
    types = types.replace(b"\x00", b"").lower()
    named = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    return named or b"macro" in types or b"vbaproject" in types


def _as_text(head):
    # Text is what has no control character and reads as UTF-8, or as the Windows code page of old exports.
    if not head or any(byte < 9 or 13 < byte < 32 for byte in head):
        return None
    return None if _bare(head).startswith((b"<", b"#!")) else TEXT


def _bare(head):
    return head.removeprefix(_MARK).lstrip()
