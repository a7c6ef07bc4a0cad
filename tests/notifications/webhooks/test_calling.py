"""One call to a real server, which does not always mean well."""

import socket
import subprocess
import threading
import time

import pytest

from notifications.webhooks.addresses import ForbiddenAddressError
from notifications.webhooks.calling import CallError, Reply, call
from tests.services import Http

pytestmark = pytest.mark.services


def test_body_and_headers_arrive_as_they_are(http):
    reply = call(f"{http.url}/crochet?a=b", '{"é": 1}'.encode(), {"X-Teledemande-Signature": "t=1,v1=ab"})

    [received] = http.received()
    assert reply == Reply(200, "200 Pris")
    assert received["line"] == "POST /crochet?a=b HTTP/1.1"
    assert received["body"] == '{"é": 1}'
    assert received["headers"]["x-teledemande-signature"] == "t=1,v1=ab"
    assert received["headers"]["host"] == f"127.0.0.1:{http.port}"


@pytest.mark.parametrize("status", [204, 201])
def test_other_successes_are_successes(http, status):
    http.answer(status)

    assert call(http.url, b"{}", {}).status == status


@pytest.mark.parametrize(("status", "words"), [(400, "400 Non"), (404, "404 Non"), (500, "500 Non")])
def test_refusals_are_told_with_their_words(http, status, words):
    http.answer(status, "Non")

    with pytest.raises(CallError, match=words) as refusal:
        call(http.url, b"{}", {})
    assert refusal.value.status == status


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(http, status):
    http.answer(status, location="http://169.254.169.254/latest/meta-data/")

    with pytest.raises(CallError, match=f"{status} → http://169.254.169.254/"):
        call(http.url, b"{}", {})
    assert len(http.received()) == 1


@pytest.mark.parametrize("how", ["drip", "headers", "again_and_again", "hang", "close", "garbage"])
def test_hostile_server_costs_little_time_and_is_a_failure(http, how):
    http.misbehave(how)
    started = time.monotonic()

    with pytest.raises(CallError):
        call(http.url, b"{}", {})
    assert time.monotonic() - started < 3


def test_answer_that_never_begins_is_measured(http):
    http.misbehave("again_and_again")

    with pytest.raises(CallError, match="answer too long"):
        call(http.url, b"{}", {})


@pytest.mark.parametrize("how", ["drip_body", "endless"])
def test_body_that_never_ends_is_not_read(http, how):
    http.misbehave(how)
    started = time.monotonic()

    reply = call(http.url, b"{}", {})

    assert (reply.status, len(reply.words) <= 500) == (200, True)
    assert time.monotonic() - started < 3


def test_nobody_there_is_a_failure(settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]

    with pytest.raises(CallError, match="ConnectionRefusedError"):
        call("http://127.0.0.1:9/", b"{}", {})


def test_nothing_is_sent_inside_unless_allowed(http, settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = []

    with pytest.raises(ForbiddenAddressError):
        call(http.url, b"{}", {})
    assert http.received() == []


def test_address_checked_is_the_one_called(http, settings, monkeypatch):
    """A name server that answers 8.8.8.8, then 127.0.0.1, wins nothing; nor the contrary."""
    settings.WEBHOOK_ALLOWED_NETWORKS = []
    connected, answers = [], iter(["8.8.8.8", "127.0.0.1"])
    monkeypatch.setattr(
        "notifications.webhooks.addresses.socket.getaddrinfo",
        lambda host, port, **_options: [(socket.AF_INET, 1, 6, "", (next(answers), port))],
    )

    class Spy(socket.socket):
        def connect(self, place):
            connected.append(place)
            raise ConnectionRefusedError

    monkeypatch.setattr("notifications.webhooks.calling.socket.socket", Spy)

    with pytest.raises(CallError):
        call("http://outils.example.org/", b"{}", {})
    assert connected == [("8.8.8.8", 80)]


# --- https -------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for outils.example.org that nobody else trusts, with its key."""
    folder = tmp_path_factory.mktemp("certificat")
    key, made, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=outils.example.org", "-addext", "subjectAltName=DNS:outils.example.org"),
            *("-keyout", key, "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    both.write_text(key.read_text() + made.read_text())
    return both


@pytest.fixture
def https(certificate, settings, monkeypatch):
    """A server over TLS, to which every name leads."""
    settings.WEBHOOK_ALLOWED_NETWORKS, settings.WEBHOOK_TIMEOUT = ["127.0.0.0/8"], 3
    with Http(certificate) as server:
        monkeypatch.setattr(
            "notifications.webhooks.addresses.socket.getaddrinfo",
            lambda host, port, **_options: [(socket.AF_INET, 1, 6, "", ("127.0.0.1", server.port))],
        )
        yield server


def test_certificate_is_that_of_the_name_though_an_address_is_called(https, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert call("https://outils.example.org/", b"{}", {}).status == 200
    [received] = https.received()
    assert (received["sni"], received["headers"]["host"]) == ("outils.example.org", "outils.example.org")
    with pytest.raises(CallError, match="SSLCertVerificationError"):
        call("https://autre.example.org/", b"{}", {})


def test_certificate_nobody_vouches_for_is_refused(https):
    with pytest.raises(CallError, match="SSLCertVerificationError"):
        call("https://outils.example.org/", b"{}", {})
    assert https.received() == []


def test_server_that_never_greets_is_not_waited_for(settings):
    settings.WEBHOOK_ALLOWED_NETWORKS, settings.WEBHOOK_TIMEOUT = ["127.0.0.0/8"], 1
    with socket.create_server(("127.0.0.1", 0)) as mute:
        taken: list = []
        threading.Thread(target=lambda: taken.append(mute.accept()), daemon=True).start()
        started = time.monotonic()

        with pytest.raises(CallError, match="TimeoutError"):
            call(f"https://127.0.0.1:{mute.getsockname()[1]}/", b"{}", {})
        assert time.monotonic() - started < 2
