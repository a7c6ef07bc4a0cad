"""An HTTP server that keeps what it receives, and answers badly on command."""

import json
import socket
import sys
from pathlib import Path
from typing import Any

from tests.services.process import HOST, Server, wait_until


class Http(Server):
    name = "http"

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__()
        self.certificate = certificate  # with its key: https
        self.kept_folder = self.folder / "kept"
        self.kept_folder.mkdir()
        self.control_path = self.folder / "control.json"

    @property
    def url(self) -> str:
        return f"http{'s' if self.certificate else ''}://{HOST}:{self.port}"

    # --- switches -----------------------------------------------------------------------------

    def accept(self) -> None:
        self.control_path.unlink(missing_ok=True)

    def answer(self, status: int, body: str = "", *, location: str = "") -> None:
        self._control(how="answer", status=status, body=body, location=location)

    def misbehave(self, how: str) -> None:
        """Do as `_MANNERS` of http_server.py says: drip, endless, hang, close…"""
        self._control(how=how)

    def _control(self, **order: object) -> None:
        aside = self.control_path.with_suffix(".new")
        aside.write_text(json.dumps(order))
        aside.rename(self.control_path)

    # --- requests -----------------------------------------------------------------------------

    def received(self) -> list[dict[str, Any]]:
        """Return the requests received, oldest first: line, headers (lower-case names), body."""
        return [json.loads(path.read_text()) for path in sorted(self.kept_folder.glob("*.json"))]

    def wait_for(self, count: int = 1, *, seconds: float = 30) -> list[dict[str, Any]]:
        """Return the requests received, as soon as there are `count` of them."""
        wait_until(lambda: len(self.received()) >= count, seconds=seconds, what=f"{count} appels reçus")
        return self.received()

    def forget(self) -> None:
        """Remove the requests received so far."""
        for path in self.kept_folder.glob("*.json"):
            path.unlink()

    # --- process ------------------------------------------------------------------------------

    def command(self) -> list[str]:
        server = Path(__file__).with_name("http_server.py")
        given = (self.port, self.kept_folder, self.control_path, self.certificate or "")
        return [sys.executable, str(server), *map(str, given)]

    def is_ready(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=2):
                return True
        except OSError:
            return False
