"""Recognise a file by its content. What is not on this list does not come in.

The extension must agree with the content: a file that lies about itself is refused. Magic numbers are those
of the formats' own specifications (ISO 32000, ISO/IEC 10918, PNG third edition, APPNOTE 6.3, ISO/IEC 26300,
ECMA-376, ISO/IEC 23008-12).
"""

import zipfile
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
_HEAD = 4096
_MAX_ENTRIES = 5000

ACCEPTED_EXTENSIONS = tuple(
    extension
    for kind in (PDF, JPEG, PNG, HEIC, GIF, WEBP, TIFF, *ODF.values(), *OOXML.values(), DOC, RTF, TEXT)
    for extension in kind.extensions
)


def recognise(file):
    """Return the FileKind of an open binary `file`, or None. The file is rewound."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    kind = _by_start(head) or _by_container(head, file)
    file.seek(0)
    return kind or _as_text(head)


def _by_start(head):
    if b"%PDF-" in head[:1024]:  # ISO 32000 lets the header come within the first 1024 bytes
        return PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def _by_container(head, file):
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            return _in_archive(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None


def _in_archive(archive):
    names = archive.namelist()[:_MAX_ENTRIES]
    if names and names[0] == "mimetype" and archive.getinfo("mimetype").file_size < 100:
        return ODF.get(archive.read("mimetype").decode("ascii", "replace").strip())
    if "[Content_Types].xml" in names and not any(name.endswith("vbaProject.bin") for name in names):
        return next((kind for start, kind in OOXML.items() if any(n.startswith(start) for n in names)), None)
    return None


def _as_text(head):
    # Text is what has no control character and reads as UTF-8, or as the Windows code page of old exports.
    if not head or any(byte < 9 or 13 < byte < 32 for byte in head):
        return None
    marked = head.lstrip().lower()
    if marked.startswith((b"<", b"#!", b"\xef\xbb\xbf<")):
        return None
    return TEXT
