"""The texts and files of the sample."""

import io
import re
import zipfile

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from teledemande.demo.sample.reading import FILES, HERE, read_scenarios
from tickets.files.checking import check_file

FILE_NAMES = sorted(path.name for path in FILES.iterdir())


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.yaml")), ids=lambda path: path.stem)
def test_texts_have_french_typography(path):
    values = list(strings(yaml.safe_load(path.read_text(encoding="utf-8"))))

    assert [value for value in values if re.search(r"'| [:;!?»]|« |\.\.\.", value)] == []


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


@pytest.mark.parametrize("name", FILE_NAMES)
def test_file_is_accepted_as_what_its_name_says(name):
    content = (FILES / name).read_bytes()

    facts = check_file(SimpleUploadedFile(name, content))

    assert (facts["name"], facts["size"]) == (name, len(content))
    assert len(content) < 40_000


@pytest.mark.parametrize("name", [name for name in FILE_NAMES if name.endswith(".pdf")])
def test_pdf_says_that_it_is_an_example(name):
    (page,) = PdfReader(FILES / name, strict=True).pages

    assert "EXEMPLE DE DÉMONSTRATION" in page.extract_text()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("lettre-de-motivation.odt", "content.xml"),
        ("procuration.odt", "content.xml"),
        ("attestation-benevolat.docx", "word/document.xml"),
    ],
)
def test_letter_says_that_it_is_an_example(name, part):
    with zipfile.ZipFile(io.BytesIO((FILES / name).read_bytes())) as archive:
        assert archive.testzip() is None
        assert "EXEMPLE DE DÉMONSTRATION" in archive.read(part).decode()


def test_every_file_is_used_and_every_kind_is_there():
    scenarios = read_scenarios()
    used = {name for one in scenarios for step in one.moves for name in step.files}
    used |= {name for one in scenarios for name in one.written.all_files}

    assert sorted(used) == FILE_NAMES
    assert {name.rpartition(".")[2] for name in used} == {"pdf", "jpg", "png", "odt", "docx"}
