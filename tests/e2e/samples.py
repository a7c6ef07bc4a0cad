"""Files people send: good ones, and those they should not."""

from tests.factories import jpeg_bytes, odt_bytes, pdf_bytes

EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(120) + b"PE\x00\x00" + bytes(400)
TOO_LARGE = 200_000_000


def pdf(name="justificatif.pdf", text="Bonjour"):
    """Return a PDF as playwright takes it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf_bytes(text)}


def jpeg(name="photo.jpg"):
    """Return a photograph."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg_bytes()}


def odt(name="lettre.odt"):
    """Return a letter."""
    return {
        "name": name,
        "mimeType": "application/vnd.oasis.opendocument.text",
        "buffer": odt_bytes(),
    }


def exe_named(name):
    """Return a program under an innocent name."""
    return {"name": name, "mimeType": "application/pdf", "buffer": EXE}


def empty(name="vide.pdf"):
    """Return a file of no byte."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b""}


def too_large(folder, name="video.pdf"):
    """Return the path of a file of 200 MB that takes no room on the disk."""
    path = folder / name
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(TOO_LARGE)
    return path
