"""What is asked of clamd and what is made of its answers: a real one, and one that misbehaves."""

import io
import socket
import threading

import pytest

from tests.factories import pdf_bytes, zip_bytes
from tests.services.clamd import EICAR, SIGNATURE, Clamd
from tickets.files import antivirus
from tickets.files.antivirus import Answer, AntivirusDownError, CheckFailedError
from tickets.models import Verdict


@pytest.fixture(scope="module")
def clamd():
    with Clamd() as server:
        yield server


@pytest.fixture
def real(clamd, settings):
    """Point the service to a real clamd."""
    settings.CLAMD_URL = clamd.url
    return clamd


def encrypted_zip():
    """Return an archive whose only entry is said to be encrypted."""
    body = bytearray(zip_bytes({"releve.pdf": pdf_bytes()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.find(mark) + offset] |= 1
    return bytes(body)


FILES = {
    "pdf": (pdf_bytes(), Answer(Verdict.CLEAN)),
    "empty": (b"", Answer(Verdict.CLEAN)),
    "several-chunks": (b"a" * 200_000, Answer(Verdict.CLEAN)),
    "eicar": (EICAR, Answer(Verdict.INFECTED, SIGNATURE)),
    "eicar-inside-a-pdf": (pdf_bytes(EICAR.decode("latin-1")), Answer(Verdict.INFECTED, SIGNATURE)),
    "eicar-inside-an-archive": (
        zip_bytes({"mimetype": "a", "Pictures/virus": EICAR}),
        Answer(Verdict.INFECTED, SIGNATURE),
    ),
    "encrypted": (encrypted_zip(), Answer(Verdict.UNREADABLE, "Heuristics.Encrypted.Zip")),
    "too-large-for-it": (b"a" * 1_100_000, Answer(Verdict.UNREADABLE, antivirus.TOO_LARGE)),
}


@pytest.mark.services
@pytest.mark.parametrize(("body", "answer"), FILES.values(), ids=FILES)
def test_verdict_is_that_of_clamd(real, body, answer):
    assert antivirus.check(io.BytesIO(body)) == answer


@pytest.mark.services
def test_file_is_read_from_its_start(real):
    content = io.BytesIO(EICAR)
    content.read()

    assert antivirus.check(content).verdict == Verdict.INFECTED


@pytest.mark.services
def test_larger_than_we_may_send_is_not_sent(real, settings):
    settings.CLAMD_MAX_BYTES = 1000

    assert antivirus.check(io.BytesIO(b"a" * 1001)) == Answer(Verdict.UNREADABLE, antivirus.TOO_LARGE)
    assert antivirus.check(io.BytesIO(b"a" * 1000)) == Answer(Verdict.CLEAN)


@pytest.mark.services
def test_unix_socket_does_as_well(real, settings):
    settings.CLAMD_URL = real.socket_url

    assert antivirus.is_answering()
    assert antivirus.check(io.BytesIO(EICAR)).verdict == Verdict.INFECTED


# --- when it does not answer -----------------------------------------------------------------------------
def test_nobody_there_is_said(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{closed.getsockname()[1]}"

    assert not antivirus.is_answering()
    with pytest.raises(AntivirusDownError):
        antivirus.check(io.BytesIO(b"a"))


def test_socket_that_is_not_there_is_said(settings, tmp_path):
    settings.CLAMD_URL = f"unix://{tmp_path}/clamd.sock"

    assert not antivirus.is_answering()


@pytest.fixture
def answering(settings):
    """Return a function that starts a server which reads a little, says `words` and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_URL = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    settings.CLAMD_TIMEOUT = 0.5
    threads = []

    def answer(words, *, reads=10):
        def serve():
            connection, _address = listening.accept()
            with connection:
                connection.recv(reads)
                if words is None:
                    connection.recv(100_000)
                    over.wait(5)
                else:
                    connection.sendall(words)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()

    over = threading.Event()
    yield answer
    over.set()
    for thread in threads:
        thread.join()
    listening.close()


@pytest.mark.parametrize("words", [b"", None], ids=["hangs-up", "says-nothing"])
def test_no_answer_is_no_verdict(answering, words):
    answering(words)

    with pytest.raises(AntivirusDownError):
        antivirus.check(io.BytesIO(b"a" * 10))


@pytest.mark.parametrize(
    "words", [b"stream: Can't allocate memory ERROR\0", b"x" * 10_000], ids=["error", "nonsense"]
)
def test_answer_that_is_no_verdict_is_a_failure(answering, words):
    answering(words)

    with pytest.raises(CheckFailedError) as failure:
        antivirus.check(io.BytesIO(b"a" * 10))

    assert len(str(failure.value)) <= 200


def test_no_antivirus_is_said(settings):
    settings.CLAMD_URL = ""

    assert not antivirus.is_set_up()
