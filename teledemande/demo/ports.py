"""Which ports of this machine are free."""

import socket

LAST_PORT = 65_535


def is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of 127.0.0.1 now."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def next_free(port: int) -> int:
    """Return the first free port from `port` upwards; raises OSError when there is none."""
    for candidate in range(port, LAST_PORT + 1):
        if is_free(candidate):
            return candidate
    message = f"Aucun port libre à partir de {port}."
    raise OSError(message)
