"""A figure for a spreadsheet: CSV as French ones read it, or OpenDocument (ISO/IEC 26300)."""

import csv
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MANIFEST = (
    f'{_HEAD}<m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.3">'
    f'<m:file-entry m:full-path="/" m:version="1.3" m:media-type="{_MIMETYPE}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)
_OPENING = (
    f'{_HEAD}<o:document-content xmlns:o="{_ODF}:office:1.0" xmlns:t="{_ODF}:table:1.0"'
    f' xmlns:x="{_ODF}:text:1.0" o:version="1.3"><o:body><o:spreadsheet>'
)
_CLOSING = "</o:spreadsheet></o:body></o:document-content>"
# No date is true of a file made on demand: the first that a ZIP knows makes equal figures equal files.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def csv_bytes(rows):
    """Return `rows` as CSV: semicolons, decimal commas, a mark so that accents are read."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([[_csv_cell(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def ods_bytes(rows, *, title):
    """Return `rows` as an OpenDocument spreadsheet of one sheet; numbers stay numbers."""
    lines = "".join(f"<t:table-row>{''.join(map(_ods_cell, row))}</t:table-row>" for row in rows)
    content = f"{_OPENING}<t:table t:name={quoteattr(_sheet_name(title))}>{lines}</t:table>{_CLOSING}"
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        # The kind of document comes first and is not compressed, so that it is recognised.
        _add(archive, "mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        _add(archive, "content.xml", content, zipfile.ZIP_DEFLATED)
        _add(archive, "META-INF/manifest.xml", _MANIFEST, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _add(archive, name, content, compression):
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = compression
    archive.writestr(entry, content)


def _csv_cell(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if abs(value) < 1e6 else str(value).replace(".", ",")
    text = str(value)
    # A spreadsheet runs a cell that begins like a formula.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _ods_cell(value):
    if value is None:
        return "<t:table-cell/>"
    if isinstance(value, int | float):
        return f'<t:table-cell o:value-type="float" o:value="{value}"/>'
    # Words are words in this format: nothing that begins like a formula is run.
    return f'<t:table-cell o:value-type="string"><x:p>{escape(_printable(str(value)))}</x:p></t:table-cell>'


def _printable(text):
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t ")


def _sheet_name(title):
    """Return a name that office suites take: thirty-one signs, none of those they refuse."""
    return "".join(sign for sign in _printable(title) if sign not in "[]*?:/\\'")[:31].strip()
