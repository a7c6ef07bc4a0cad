"""A CAS server on a real socket, that answers what a test tells it, or badly, or not at all."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:cas="http://www.yale.edu/tp/cas"'


def success(login, **attributes):
    """Return the answer of a good ticket; an attribute given as a list is repeated."""
    lines = [
        f"<cas:{name}>{escape(value)}</cas:{name}>"
        for name, given in attributes.items()
        for value in (given if isinstance(given, list) else [given])
    ]
    return (
        f"<cas:serviceResponse {NAMESPACE}><cas:authenticationSuccess><cas:user>{escape(login)}</cas:user>"
        f"<cas:attributes>{''.join(lines)}</cas:attributes>"
        "</cas:authenticationSuccess></cas:serviceResponse>"
    ).encode()


def failure(code="INVALID_TICKET"):
    """Return the answer of a bad ticket."""
    return (
        f'<cas:serviceResponse {NAMESPACE}><cas:authenticationFailure code="{code}">non'
        "</cas:authenticationFailure></cas:serviceResponse>"
    ).encode()


class CasDouble:
    """`tickets` maps a ticket to its answer and serves it once; `asked` keeps the validated services."""

    def __init__(self):
        self.tickets = {}
        self.asked = []
        self.status = 200
        self.raw = None
        self.hangs = False
        self.released = threading.Event()

    def answer(self, path):
        """Return the body that answers a request for `path`."""
        query = parse_qs(urlsplit(path).query)
        if "serviceValidate" not in path:
            return b""
        self.asked.append(query["service"][0])
        return self.raw if self.raw is not None else self.tickets.pop(query["ticket"][0], failure())


def _handler(double):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if double.hangs:
                double.released.wait(20)
                return
            body = double.answer(self.path)
            self.send_response(double.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 -- the name http.server looks for

        def log_message(self, *args):
            """Say nothing."""

    return Handler


@contextmanager
def running():
    """Give a running double; its address is `.url`."""
    double = CasDouble()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(double))
    double.url = f"http://127.0.0.1:{server.server_port}/cas/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
