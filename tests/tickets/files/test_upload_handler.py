"""A file too large is dropped while it arrives; what was typed beside it survives."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tests.factories import pdf_bytes
from tickets.files.checking import too_large, too_large_together


@pytest.fixture
def posted(settings):
    """Return a function that posts a form of files through the real handlers."""
    settings.FILE_MAX_BYTES = 100_000

    def post(*files, **fields):
        return RequestFactory().post("/", {"subject": "Relevé", "files": list(files)} | fields)

    return post


def received(request):
    return [(file.name, file.size) for file in request.FILES.getlist("files")]


def test_files_within_the_limit_arrive(posted):
    request = posted(SimpleUploadedFile("a.pdf", pdf_bytes()), SimpleUploadedFile("b.pdf", b"x" * 100_000))

    assert received(request) == [("a.pdf", len(pdf_bytes())), ("b.pdf", 100_000)]
    assert (request.POST["subject"], request.dropped_files) == ("Relevé", [])


def test_file_over_the_limit_is_dropped_alone(posted):
    request = posted(
        SimpleUploadedFile("a.pdf", pdf_bytes()),
        SimpleUploadedFile("énorme\u202e.pdf", b"x" * 100_001),
        SimpleUploadedFile("c.pdf", pdf_bytes()),
        message="Bonjour, " * 1000,
    )

    assert [name for name, _size in received(request)] == ["a.pdf", "c.pdf"]
    assert request.dropped_files == [too_large("énorme.pdf")]
    assert (request.POST["subject"], request.POST["message"]) == ("Relevé", "Bonjour, " * 1000)


def test_file_too_large_for_memory_is_dropped_too(posted, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000
    request = posted(
        SimpleUploadedFile("a.pdf", b"x" * 3_000_000), SimpleUploadedFile("b.pdf", b"x" * 50_000)
    )

    assert (received(request), request.dropped_files) == ([("b.pdf", 50_000)], [too_large("a.pdf")])
    assert request.POST["subject"] == "Relevé"


def test_each_file_is_counted_from_zero(posted):
    request = posted(*(SimpleUploadedFile(f"{n}.pdf", b"x" * 60_000) for n in range(4)))

    assert (len(received(request)), request.dropped_files) == (4, [])


def test_files_too_large_together_are_dropped_whoever_sends_them(posted, settings):
    settings.FILES_MAX_BYTES = 150_000
    request = posted(*(SimpleUploadedFile(f"{n}.pdf", b"x" * 60_000) for n in range(4)))

    assert received(request) == [("0.pdf", 60_000), ("1.pdf", 60_000)]
    assert request.dropped_files == [too_large_together("2.pdf"), too_large_together("3.pdf")]
    assert request.POST["subject"] == "Relevé"


def test_file_dropped_leaves_room_for_the_next(posted, settings):
    settings.FILES_MAX_BYTES = 100_000
    sizes = {"a.pdf": 60_000, "b.pdf": 60_000, "c.pdf": 40_000}
    request = posted(*(SimpleUploadedFile(name, b"x" * size) for name, size in sizes.items()))

    assert received(request) == [("a.pdf", 60_000), ("c.pdf", 40_000)]


def test_file_without_name_is_no_file(posted):
    """A browser sends an empty file input as a part without a name."""
    body = (
        '--frontier\r\nContent-Disposition: form-data; name="subject"\r\n\r\nRelevé\r\n'
        '--frontier\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
        "Content-Type: application/octet-stream\r\n\r\n\r\n--frontier--\r\n"
    )
    request = RequestFactory().post("/", body.encode(), content_type="multipart/form-data; boundary=frontier")

    assert (received(request), request.POST["subject"]) == ([], "Relevé")
