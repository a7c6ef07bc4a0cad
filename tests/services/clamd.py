"""ClamAV's clamd for tests, with one signature: the EICAR test file. No freshclam, no network."""

import shutil
import socket
from pathlib import Path

from tests.services.process import HOST, Server

# In two pieces: the antivirus of whoever reads this file must not take it away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_SIGNATURE = "Eicar-Test-Signature"
SIGNATURE = f"{_SIGNATURE}.UNOFFICIAL"  # so does clamd call what its own publisher did not sign


def clamd_program() -> str | None:
    """Return where clamd is, which is in a folder of administrators; None when it is not installed."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


class Clamd(Server):
    name = "clamd"

    @property
    def url(self) -> str:
        return f"tcp://{HOST}:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> Path:
        return self.folder / "clamd.sock"

    def prepare(self) -> None:
        database = self.folder / "database"
        database.mkdir(exist_ok=True)
        # Name, any kind of file, at any place, bytes: the test file is found inside others too.
        (database / "tests.ndb").write_text(f"{_SIGNATURE}:0:*:{EICAR.hex()}\n", encoding="ascii")
        options = {
            "Foreground": "yes",
            "DatabaseDirectory": database,
            "TemporaryDirectory": self.folder,
            "TCPSocket": self.port,
            "TCPAddr": HOST,
            "LocalSocket": self._socket,
            "FixStaleSocket": "yes",
            "StreamMaxLength": "1M",
            "AlertEncrypted": "yes",
            "AlertExceedsMax": "yes",
            "MaxThreads": 2,
        }
        lines = [f"{option} {value}\n" for option, value in options.items()]
        (self.folder / "clamd.conf").write_text("".join(lines), encoding="utf-8")

    def command(self) -> list[str]:
        return [clamd_program() or "clamd", f"--config-file={self.folder / 'clamd.conf'}"]

    def is_ready(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=2) as connection:
                connection.sendall(b"zPING\0")
                return connection.recv(16).startswith(b"PONG")
        except OSError:
            return False
