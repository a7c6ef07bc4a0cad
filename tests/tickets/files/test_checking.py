"""One uploaded file: its name made fit, its size, its content agreeing with its name."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import jpeg_bytes, odt_bytes, pdf_bytes
from tickets.files.checking import FileRefusedError, check_file, clean_name


def upload(name, body):
    return SimpleUploadedFile(name, body)


NAMES = {
    "plain": ("relevé.pdf", "relevé.pdf"),
    "spaces": ("mon   relevé\t2026 .pdf", "mon relevé 2026 .pdf"),
    "unix-path": ("../../etc/passwd", "passwd"),
    "windows-path": ("C:\\Users\\moi\\relevé.pdf", "relevé.pdf"),
    "mixed-path": ("a/b\\c.pdf", "c.pdf"),
    "only-a-path": ("a/b/", "sans nom"),
    "nothing": ("", "sans nom"),
    "none": (None, "sans nom"),
    "dots": ("...", "sans nom"),
    "hidden": (".htaccess", "htaccess"),
    "ends-with-dots": ("relevé.pdf. . .", "relevé.pdf"),
    "nul": ("relevé.pdf\x00.exe", "relevé.pdf.exe"),
    "control": ("a\r\nSet-Cookie: b\x7f.pdf", "a Set-Cookie: b.pdf"),
    "right-to-left": ("facture\u202efdp.exe", "facturefdp.exe"),
    "invisible": ("a\u200bb\u2066c\ufeff.pdf", "abc.pdf"),
    "line-separator": ("a\u2028b\u00a0c.pdf", "a b c.pdf"),
    "decomposed": ("rele\u0301ve.pdf", "reléve.pdf"),
    "emoji": ("🎓 diplôme.pdf", "🎓 diplôme.pdf"),
    "arabic": ("شهادة.pdf", "شهادة.pdf"),
    "quotes": ("a\"b;c'd.pdf", "a\"b;c'd.pdf"),
    "markup": ("<script>.pdf", "<script>.pdf"),
    "very-long": ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    "very-long-without-suffix": ("a" * 300, "a" * 120),
    "very-long-suffix": ("a" * 200 + "." + "b" * 200, "a" * 110 + "." + "b" * 9),
}


@pytest.mark.parametrize(("name", "clean"), NAMES.values(), ids=NAMES)
def test_name_is_made_fit(name, clean):
    assert clean_name(name) == clean


@given(
    st.text(max_size=20) | st.text(st.sampled_from("aé. \u200b\u0301/\u2000🎓"), min_size=110, max_size=140)
)
def test_clean_name_is_always_fit(name):
    clean = clean_name(name)

    assert 0 < len(clean) <= 120
    assert clean == clean_name(clean)
    assert not set(clean) & set("/\\\x00\r\n\t\u202e\u2028")


def test_facts_of_an_accepted_file():
    body = pdf_bytes()
    file = upload("relevé.PDF", body)

    assert check_file(file) == {
        "name": "relevé.PDF",
        "size": len(body),
        "content_type": "application/pdf",
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    assert file.read() == body


def test_content_type_said_by_the_browser_is_not_believed():
    file = SimpleUploadedFile("photo.jpg", jpeg_bytes(), "text/html")

    assert check_file(file)["content_type"] == "image/jpeg"


UNKNOWN = "« {} » n’est pas d’un type accepté. Envoyez un PDF, une photo ou un texte."
LIE = (
    "« {} » n’est pas ce que son nom annonce : son contenu est celui d’un .{}. "
    "Renommez-le ou enregistrez-le de nouveau, puis renvoyez-le."
)
REFUSALS = {
    "program-named-pdf": ("relevé.pdf", b"MZ\x90\x00", UNKNOWN.format("relevé.pdf")),
    "html-named-txt": ("lettre.txt", b"<html>", UNKNOWN.format("lettre.txt")),
    "picture-named-pdf": ("relevé.pdf", jpeg_bytes(), LIE.format("relevé.pdf", "jpg")),
    "text-named-program": ("relevé.exe", b"Bonjour", LIE.format("relevé.exe", "txt")),
    "pdf-without-extension": ("relevé", pdf_bytes(), LIE.format("relevé", "pdf")),
    "pdf-with-two": ("relevé.pdf.exe", pdf_bytes(), LIE.format("relevé.pdf.exe", "pdf")),
    "odt-named-docx": ("lettre.docx", odt_bytes(), LIE.format("lettre.docx", "odt")),
    "text-named-html": ("page.html", b"Bonjour", LIE.format("page.html", "txt")),
    "empty": ("vide.pdf", b"", "« vide.pdf » est vide : vérifiez-le et renvoyez-le."),
}


@pytest.mark.parametrize(("name", "body", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_refusal_says_which_file_and_what_to_do(name, body, sentence):
    with pytest.raises(FileRefusedError) as refusal:
        check_file(upload(name, body))

    assert str(refusal.value).replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("over", "accepted"), [(0, True), (1, False)], ids=["just-within", "one-byte-too-much"]
)
def test_limit_of_size(settings, over, accepted):
    body = pdf_bytes()
    settings.FILE_MAX_BYTES = len(body) - over

    assert is_accepted(upload("a.pdf", body)) == accepted


@pytest.mark.parametrize(("kept", "accepted"), [(2, True), (3, False)], ids=["last", "one-too-many"])
def test_limit_of_count(settings, kept, accepted):
    settings.FILES_MAX_COUNT = 3

    assert is_accepted(upload("a.pdf", pdf_bytes()), kept_count=kept) == accepted


@pytest.mark.parametrize(
    ("over", "accepted"), [(0, True), (1, False)], ids=["just-within", "one-byte-too-much"]
)
def test_limit_of_all_sizes(settings, over, accepted):
    body = pdf_bytes()
    settings.FILES_MAX_BYTES = 1000 + len(body) - over

    assert is_accepted(upload("a.pdf", body), kept_bytes=1000) == accepted


def is_accepted(file, **kept):
    try:
        check_file(file, **kept)
    except FileRefusedError:
        return False
    return True
