"""What a spreadsheet receives."""

import io
import zipfile
from xml.etree import ElementTree

from tickets.statistics.sheets import csv_bytes, ods_bytes

ROWS = [["thème", "délai (jours)", "demandes"], ["Études & <vie>", 2.5, 1200], ["=1+1", None, 0]]
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read(content):
    """Return the name of the sheet, and what its cells hold: (kind, value or words)."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    table = ElementTree.fromstring(archive.read("content.xml")).find(f".//{_TABLE}table")
    rows = [
        [
            (cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value") or "".join(cell.itertext()))
            for cell in row
        ]
        for row in table
    ]
    return table.get(f"{_TABLE}name"), rows


def test_csv_is_as_french_spreadsheets_read_it():
    text = csv_bytes(ROWS).decode("utf-8")

    assert text == "\ufeffthème;délai (jours);demandes\r\nÉtudes & <vie>;2,5;1200\r\n'=1+1;;0\r\n"


def test_ods_keeps_numbers_as_numbers_and_words_as_words():
    name, rows = read(ods_bytes(ROWS, title="Délais [par thème]\x08 : médiane et neuvième décile"))

    assert name == "Délais par thème  médiane et ne"
    assert rows == [
        [("string", "thème"), ("string", "délai (jours)"), ("string", "demandes")],
        [("string", "Études & <vie>"), ("float", "2.5"), ("float", "1200")],
        [("string", "=1+1"), (None, ""), ("float", "0")],
    ]


def test_ods_says_what_it_is_before_anything_else():
    content = ods_bytes(ROWS, title="Essai")
    archive = zipfile.ZipFile(io.BytesIO(content))

    assert content[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert archive.testzip() is None


def test_equal_figures_are_equal_files():
    assert ods_bytes(ROWS, title="Essai") == ods_bytes(ROWS, title="Essai")
