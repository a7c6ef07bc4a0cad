"""People who act at the same instant."""

import threading

from django.db import connection


def at_once(*acts):
    """Do each act in its own thread and connection, all starting together; return results or errors."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(rank, act):
        try:
            start.wait(timeout=30)
            results[rank] = act()
        except Exception as error:  # noqa: BLE001 -- whoever asked says which are right
            results[rank] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
