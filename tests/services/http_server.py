"""The process of `Http`: `python http_server.py PORT KEPT_FOLDER CONTROL_FILE [CERTIFICATE]`."""

import json
import socketserver
import ssl
import sys
import time
from contextlib import suppress
from pathlib import Path


class Handler(socketserver.StreamRequestHandler):
    kept_folder: Path
    control_path: Path
    certificate = ""

    def setup(self):
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            context.sni_callback = self.note_name
            self.request = context.wrap_socket(self.request, server_side=True)
        super().setup()

    def note_name(self, _line, name, _context):
        self.server_name = name

    def handle(self):
        line = self.rfile.readline().decode().strip()
        if not line:
            return  # somebody looked whether the port is open
        headers = {}
        while (header := self.rfile.readline().decode().strip()) != "":
            name, _colon, value = header.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0))).decode()
        kept = {"line": line, "headers": headers, "body": body, "sni": getattr(self, "server_name", None)}
        aside = self.kept_folder / f"{time.time_ns()}.part"
        aside.write_text(json.dumps(kept))
        aside.rename(aside.with_suffix(".json"))
        order = self.order()
        _MANNERS[order.pop("how", "answer")](self, **order)

    def order(self):
        """Read what the test wants now."""
        try:
            return json.loads(self.control_path.read_text())
        except FileNotFoundError:
            return {}

    def say(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()

    def answer(self, status=200, body="Pris", location=""):
        extra = f"Location: {location}\r\n" if location else ""
        size = len(body.encode())
        self.say(f"HTTP/1.1 {status} Mot\r\nContent-Length: {size}\r\n{extra}\r\n{body}")

    def drip(self):
        """The status line, one sign at a time, for ever."""
        self.say("HTTP/1.1 200 ")
        while True:
            self.say("o")
            time.sleep(0.1)

    def drip_body(self):
        """A good answer whose body never ends."""
        self.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            self.say("o")
            time.sleep(0.1)

    def endless(self):
        self.say("HTTP/1.1 200 OK\r\n\r\n")
        while True:
            self.say("o" * 65536)

    def headers(self):
        self.say("HTTP/1.1 200 OK\r\n")
        while True:
            self.say("X-More: " + "o" * 4000 + "\r\n")

    def again_and_again(self):
        while True:
            self.say("HTTP/1.1 100 Continue\r\n\r\n")

    def hang(self):
        time.sleep(60)

    def close(self):
        self.connection.close()

    def garbage(self):
        self.say("\0\x01 nothing of HTTP\r\n\r\n")


_MANNERS = {
    "answer": Handler.answer,
    "drip": Handler.drip,
    "drip_body": Handler.drip_body,
    "endless": Handler.endless,
    "headers": Handler.headers,
    "again_and_again": Handler.again_and_again,
    "hang": Handler.hang,
    "close": Handler.close,
    "garbage": Handler.garbage,
}


class ThreadingServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """Say nothing: callers that give up are what tests are about."""


if __name__ == "__main__":
    port, kept_folder, control_path, certificate = sys.argv[1:]
    Handler.kept_folder, Handler.control_path = Path(kept_folder), Path(control_path)
    Handler.certificate = certificate
    with suppress(KeyboardInterrupt), ThreadingServer(("127.0.0.1", int(port)), Handler) as server:
        server.serve_forever()
