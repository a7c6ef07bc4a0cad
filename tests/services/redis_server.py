"""Redis for tests: broker and cache, in memory only."""

import socket

from tests.services.process import HOST, Server


class Redis(Server):
    name = "redis"

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    @property
    def cache_url(self) -> str:
        return f"rediscache://{HOST}:{self.port}/1"

    def command(self) -> list[str]:
        return [
            *("redis-server", "--port", str(self.port), "--bind", HOST, "--dir", str(self.folder)),
            *("--save", "", "--appendonly", "no"),
        ]

    def is_ready(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=2) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
