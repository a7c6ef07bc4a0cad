"""The demonstration's CAS server, for tests."""

import re
import sys
import urllib.request
from pathlib import Path

from tests.services.process import HOST, ROOT, Server


class Cas(Server):
    """`service_url` is the one site it gives tickets to; `personas` another file of people."""

    name = "cas"

    def __init__(self, *, service_url: str, port: int | None = None, personas: Path | None = None) -> None:
        super().__init__()
        self.port = port or self.port
        self.service_url = service_url
        self.personas = personas

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/cas/"

    def command(self) -> list[str]:
        command = [
            sys.executable,
            str(ROOT / "deploy" / "demo" / "cas" / "serve.py"),
            f"--port={self.port}",
            f"--service-pattern=^{re.escape(self.service_url)}",
            f"--var-dir={self.folder}",
        ]
        return [*command, f"--personas={self.personas}"] if self.personas else command

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}login", timeout=5) as response:
                return response.status == 200
        except OSError:
            return False
