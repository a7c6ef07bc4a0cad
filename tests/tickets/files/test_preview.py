"""Pages are drawn by a process apart, which hostile files may break, and from which nothing gets out."""

import ctypes
import io
import subprocess
import sys
import time
import zlib

import pytest
from PIL import Image

from tests.factories import pdf_bytes
from tests.tickets.files.metadata import pictures
from tickets.files import preview
from tickets.files.preview import PreviewImpossibleError, draw


def drawn(body, kind, first=1):
    total, pages = draw(io.BytesIO(body), kind, first)
    return total, [Image.open(io.BytesIO(page)) for page in pages]


def pdf_of(*bodies):
    """Return a PDF of these objects, the first one its catalogue."""
    result, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(result))
    return result + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(bodies) + 1, table, end)


def pages_of(count, box=b"0 0 595 842", content=b""):
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] %s >>" % (box, content)
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return [b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * count]


# --- what is shown -----------------------------------------------------------------------------------------
def test_pdf_shows_its_words():
    total, (page,) = drawn(pdf_bytes("Bonjour"), "pdf")

    assert (total, page.format, max(page.size)) == (1, "PNG", 1200)
    assert page.convert("L").getextrema()[0] < 50  # something black on the white


def test_pages_come_a_sheet_at_a_time():
    body = pdf_of(*pages_of(7))

    first, second = drawn(body, "pdf"), drawn(body, "pdf", 6)

    assert ((first[0], len(first[1])), (second[0], len(second[1]))) == ((7, 5), (7, 2))


PICTURES = {
    "jpeg": pictures.jpeg,
    "png": pictures.png,
    "webp": pictures.webp,
    "tiff": pictures.tiff,
    "gif": lambda orientation: pictures.saved("GIF"),
    "gif-moving": lambda orientation: pictures.saved(
        "GIF", save_all=True, append_images=[pictures.pixels("L")]
    ),
    "png-palette": lambda orientation: pictures.png(1, pictures.pixels("P")),
    "png-transparent": lambda orientation: pictures.png(1, pictures.pixels("RGBA")),
    "png-16-bits": lambda orientation: pictures.saved("PNG", Image.new("I;16", (24, 16))),
    "jpeg-cmyk": lambda orientation: pictures.jpeg(1, pictures.pixels("CMYK"), icc_profile=None),
    "webp-moving": lambda orientation: pictures.saved(
        "WEBP", save_all=True, append_images=[pictures.pixels().rotate(180)]
    ),
    "tiff-group4": lambda orientation: pictures.scan(1, pictures.pixels("1"), compression="group4"),
    "tiff-jpeg": lambda orientation: pictures.scan(1, compression="jpeg"),
    "tiff-deflate": lambda orientation: pictures.scan(1, compression="tiff_adobe_deflate"),
}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)
def test_each_way_to_write_a_picture_is_drawn(make):
    total, (page,) = drawn(make(1), "picture")

    assert (total, page.size, page.info) == (1, (24, 16), {})


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp], ids=["jpeg", "png", "webp"])
def test_picture_is_turned_as_it_says(make):
    assert drawn(make(6), "picture")[1][0].size == (16, 24)


def test_scan_of_several_pages_shows_them_all():
    body = pictures.saved("TIFF", save_all=True, append_images=[pictures.pixels(size=(10, 12))])

    total, pages = drawn(body, "picture")

    assert (total, [page.size for page in pages]) == (2, [(24, 16), (10, 12)])


# --- hostile files -----------------------------------------------------------------------------------------
HUGE = b"0 0 100000000 100000000"
LOOP = b"/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R"
FORM = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >> /Length 4 >>"
)


def png_bomb():
    return pictures.saved("PNG", Image.new("1", (20_000, 20_000)))


def stream(body, more=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), more, body)


def heavy():
    """Return a page that asks for a thousand million strokes."""
    strokes = zlib.compress(b"0 0 m 600 800 l S\n" * 4_000_000)
    return pdf_of(*pages_of(1, content=b"/Contents 4 0 R"), stream(strokes, b"/Filter /FlateDecode"))


IMPOSSIBLE = {
    "noise": ("pdf", lambda: b"%PDF-1.4\n" + b"a" * 1000),
    "empty": ("pdf", lambda: b""),
    "no-page": ("pdf", lambda: pdf_of(b"<< /Type /Catalog >>")),
    "encrypted": (
        "pdf",
        lambda: pdf_bytes().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /X >>"),
    ),
    "endless": ("pdf", heavy),
    "picture-of-noise": ("picture", lambda: b"\x89PNG\r\n\x1a\n" + b"a" * 50),
    "picture-bomb": ("picture", png_bomb),
    "other-format": ("picture", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
}


@pytest.mark.parametrize(("kind", "make"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_hostile_file_is_given_up_in_time(kind, make, monkeypatch):
    monkeypatch.setattr(preview, "_SECONDS", 4)
    body, started = make(), time.monotonic()

    with pytest.raises(PreviewImpossibleError):
        draw(io.BytesIO(body), kind, 1)

    assert time.monotonic() - started < 8


HARMLESS = {
    "huge-page": pdf_of(*pages_of(1, HUGE)),
    "page-of-nothing": pdf_of(*pages_of(1, b"0 0 0 0")),
    "page-in-itself": pdf_of(
        *pages_of(1, content=LOOP), FORM + b"\nstream\n/A Do\nendstream", stream(b"/A Do")
    ),
    "script": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        *pages_of(1)[1:],
    ),
}


@pytest.mark.parametrize("body", HARMLESS.values(), ids=HARMLESS)
def test_odd_page_is_drawn_within_bounds(body):
    total, (page,) = drawn(body, "pdf")

    assert (total, max(page.size) <= 1200) == (1, True)


# --- the sandbox -------------------------------------------------------------------------------------------
LOADED = """
import importlib.util, os, resource, socket, sys
spec = importlib.util.spec_from_file_location("drawing", sys.argv[1])
drawing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(drawing)
drawing.bound()
sealed = drawing.seal()
try:
    {attempt}
except (PermissionError, MemoryError, ValueError) as refusal:
    print(sealed, type(refusal).__name__)
else:
    print(sealed, "done")
"""
ATTEMPTS = {
    "compute": ("sum(range(1000))", "done"),
    "open": ("open('/etc/passwd')", "PermissionError"),
    "create": ("open('a', 'w')", "PermissionError"),
    "list": ("os.listdir('/')", "PermissionError"),
    "connect": ("socket.socket()", "PermissionError"),
    "fork": ("os.fork()", "PermissionError"),
    "run": ("os.execv('/bin/true', ['true'])", "PermissionError"),
    "kill": ("os.kill(os.getppid(), 0)", "PermissionError"),
    "more-memory": ("bytearray(3_000_000_000)", "MemoryError"),
    "raise-limits": ("resource.setrlimit(resource.RLIMIT_CPU, (99, 99))", "ValueError"),
}


@pytest.mark.parametrize(("attempt", "outcome"), ATTEMPTS.values(), ids=ATTEMPTS)
def test_nothing_gets_out_of_the_process(tmp_path, attempt, outcome):
    code = LOADED.format(attempt=attempt)
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(preview._PROGRAM)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=20,
        check=False,
    )

    assert done.stdout.split() == ["True", outcome], done.stderr


PER_LINUX32 = 8  # personality(2): the kernel then calls itself that of another machine


@pytest.mark.parametrize(
    ("before", "is_drawn"),
    [(None, True), (lambda: ctypes.CDLL(None).personality(PER_LINUX32), False)],
    ids=["sealed", "machine-not-known"],
)
def test_nothing_is_drawn_where_the_process_cannot_be_sealed(before, is_drawn):
    done = subprocess.run(
        [sys.executable, "-I", str(preview._PROGRAM), "picture", "1", "1", "100"],
        input=pictures.saved("PNG", Image.new("RGB", (20, 20))),
        capture_output=True,
        preexec_fn=before,
        timeout=20,
        check=False,
    )

    assert (done.returncode == 0, done.stdout.startswith(b'{"total": 1')) == (is_drawn, is_drawn), done.stderr


def test_what_the_process_says_is_not_believed(monkeypatch, tmp_path):
    """A process taken over may write anything: only pictures come through."""
    for words in ("", "{}", '{"total": 1, "sizes": [5]}\n<svg>', '{"total": "a", "sizes": []}', "[1]"):
        program = tmp_path / "liar.py"
        program.write_text(f"print({words!r}, end='')")
        monkeypatch.setattr(preview, "_PROGRAM", program)

        with pytest.raises(PreviewImpossibleError):
            draw(io.BytesIO(b""), "pdf", 1)
