"""What a file is, by its content alone."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import jpeg_bytes, odt_bytes, pdf_bytes, png_bytes, zip_bytes
from tickets.files.signatures import ACCEPTED_EXTENSIONS, recognise

TYPES = b'<?xml version="1.0"?><Types/>'


def office(folder, **more):
    """Return a small Office Open XML archive."""
    return zip_bytes({"[Content_Types].xml": TYPES, f"{folder}/main.xml": b"<a/>"} | more)


def opened(body):
    return io.BytesIO(body)


def kind_of(body):
    """Return the first extension of the kind recognised, or None."""
    kind = recognise(opened(body))
    return kind and kind.extensions[0]


ODT = "application/vnd.oasis.opendocument.text"
ACCEPTED = {
    "pdf": (pdf_bytes(), "pdf"),
    "pdf-after-a-few-bytes": (b"\r\n\xef\xbb\xbf" + pdf_bytes(), "pdf"),
    "jpeg": (jpeg_bytes(), "jpg"),
    "png": (png_bytes(), "png"),
    "gif": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "gif"),
    "webp": (b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00", "webp"),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
    "tiff-little-endian": (b"II*\x00\x08\x00\x00\x00", "tif"),
    "tiff-big-endian": (b"MM\x00*\x00\x00\x00\x08", "tif"),
    "odt": (odt_bytes(), "odt"),
    "ods": (
        zip_bytes({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "a"}),
        "ods",
    ),
    "docx": (office("word"), "docx"),
    "xlsx": (office("xl"), "xlsx"),
    "pptx": (office("ppt"), "pptx"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "doc"),
    "rtf": (b"{\\rtf1\\ansi Bonjour}", "rtf"),
    "text": ("Bonjour,\r\n\tça va ?".encode(), "txt"),
    "text-of-old-exports": ("Élève;Note\r\n".encode("cp1252"), "txt"),
    "csv-with-mark": (b"\xef\xbb\xbfNom;Note\n", "txt"),
}


@pytest.mark.parametrize(("body", "kind"), ACCEPTED.values(), ids=ACCEPTED)
def test_kind_is_read_in_the_content(body, kind):
    assert kind_of(body) == kind


def with_macros(name="word/vbaProject.bin"):
    return office("word", **{name: b"\xd0\xcf\x11\xe0"})


def encrypted(body):
    """Return the archive `body`, its entries said to be encrypted."""
    marked = bytearray(body)
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = body.find(start)
        while place >= 0:
            marked[place + offset] |= 1
            place = body.find(start, place + 1)
    return bytes(marked)


def with_bad_deflate():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT)
    data = bytearray(body.getvalue())
    data[38:44] = b"\xff" * 6
    return bytes(data)


def lying_about_size():
    """Return an archive whose mimetype says it is short, and is ten megabytes."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"\x00" * 10_000_000)
    data = body.getvalue()
    return data.replace(struct.pack("<I", 10_000_000), struct.pack("<I", 40))


REFUSED = {
    "empty": b"",
    "windows-program": b"MZ\x90\x00\x03\x00\x00\x00",
    "linux-program": b"\x7fELF\x02\x01\x01\x00",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "html-after-blanks": b"\n\n  \t<html>",
    "html-after-a-mark": b"\xef\xbb\xbf  <html>",
    "svg": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "text-with-nul": b"Bonjour\x00",
    "text-with-escape": b"\x1b[31mBonjour",
    "plain-zip": zip_bytes({"a.txt": b"a"}),
    "java-archive": zip_bytes({"META-INF/MANIFEST.MF": b"a"}),
    "empty-zip": zip_bytes({}),
    "docm": with_macros(),
    "docm-other-case": with_macros("word/VBAPROJECT.BIN"),
    "docm-renamed-macros": zip_bytes(
        {
            "[Content_Types].xml": b'<Override ContentType="application/vnd.ms-office.vbaProject"/>',
            "word/document.xml": b"<a/>",
            "word/innocent.bin": b"\xd0\xcf\x11\xe0",
        }
    ),
    "docm-behind-many-entries": zip_bytes(
        {"[Content_Types].xml": TYPES}
        | {f"word/{n}.xml": b"" for n in range(6000)}
        | {"word/vbaProject.bin": b"a"}
    ),
    "epub": zip_bytes({"mimetype": "application/epub+zip", "a": "a"}),
    "odt-template-with-nonsense": zip_bytes({"mimetype": "é" * 40, "a": "a"}),
    "odt-mimetype-not-first": zip_bytes({"content.xml": "a", "mimetype": ODT}),
    "odt-encrypted-mimetype": encrypted(odt_bytes()),
    "odt-corrupt-mimetype": with_bad_deflate(),
    "odt-huge-mimetype": zip_bytes({"mimetype": b"a" * 10_000_000}),
    "odt-mimetype-lying-about-its-size": lying_about_size(),
    "truncated-odt": odt_bytes()[:-40],
    "truncated-docx": office("word")[:60],
    "only-the-start-of-a-zip": b"PK\x03\x04",
    "pdf-behind-a-program": b"MZ\x90\x00" + b"\x00" * 60 + pdf_bytes(),
    "pdf-behind-html": b"<html><!-- \n" + pdf_bytes(),
    "pdf-behind-a-script": b"#!/bin/sh\n" + pdf_bytes(),
    "pdf-behind-an-archive": zip_bytes({"a.class": b"a"})[:200] + pdf_bytes(),
    "pdf-too-late": b"a\x00" * 600 + pdf_bytes(),
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_is_not_on_the_list_is_nothing(body):
    assert kind_of(body) is None


POLYGLOTS = {
    "jpeg-and-pdf": (jpeg_bytes()[:20] + pdf_bytes(), "jpg"),
    "gif-and-script": (b"GIF89a=1;alert(1)//", "gif"),
    "png-and-zip": (png_bytes() + odt_bytes(), "png"),
}


@pytest.mark.parametrize(("body", "kind"), POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_starts_as_a_picture_is_that_picture(body, kind):
    assert kind_of(body) == kind


def bomb(name, method, size):
    """Return an archive whose entry `name` says it is short, and is not."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", method) as archive:
        archive.writestr(name, bytes(size))
        archive.writestr("word/document.xml", "x")
    body = bytearray(result.getvalue())
    for place in (22, body.index(b"PK\x01\x02") + 24):  # of the file, then of the list of files
        body[place : place + 4] = struct.pack("<I", 50)
    return bytes(body)


@pytest.mark.parametrize("name", ["mimetype", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["deflate", "bzip2", "lzma"]
)
def test_archive_that_lies_about_its_size_takes_no_memory(name, method):
    body = bomb(name, method, 50_000_000)

    tracemalloc.start()
    kind = kind_of(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (kind, peak < 5_000_000) == (None, True)


def test_archive_of_very_many_entries_is_refused_at_once():
    entry = (
        b"PK\x01\x02" + b"\x14\x00" * 2 + b"\x00" * 20 + struct.pack("<HHH", 1, 0, 0) + b"\x00" * 12 + b"a"
    )
    count = 300_000
    directory = entry * count
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 40, 0)
    body = b"PK\x03\x04" + b"\x00" * 36 + directory + end

    start = time.process_time()

    assert (kind_of(body), time.process_time() - start < 0.2) == (None, True)


@given(
    st.binary(max_size=200), st.integers(0, 400), st.sampled_from([odt_bytes(), office("word"), pdf_bytes()])
)
@example(b"", 0, odt_bytes())
def test_no_content_makes_recognition_fail(noise, place, body):
    """Damage real files anywhere: an answer comes, and the file is at its start again."""
    file = opened(body[:place] + noise + body[place + len(noise) :])

    kind = recognise(file)

    assert (kind is None or kind.extensions[0] in ACCEPTED_EXTENSIONS, file.tell()) == (True, 0)
