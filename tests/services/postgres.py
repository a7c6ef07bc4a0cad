"""PostgreSQL for tests: a cluster of its own, which forgets durability to be fast."""

import os
import shutil
import signal
import subprocess

import psycopg
from psycopg import sql

from tests.services.debian import postgres_bin
from tests.services.process import HOST, Server, ServerError

ROLE = "teledemande"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "260",
    "shared_buffers": "128MB",
    "listen_addresses": HOST,
    "unix_socket_directories": "",
}


class Postgres(Server):
    name = "postgres"
    stop_signal = signal.SIGINT  # fast shutdown: does not wait for clients

    def __init__(self) -> None:
        super().__init__()
        bin_folder = postgres_bin()
        if bin_folder is None:
            message = "PostgreSQL n’est pas installé : sudo apt-get install postgresql postgresql-contrib"
            raise ServerError(message)
        self.bin = bin_folder
        self.data = self.folder / "data"
        # PostgreSQL refuses to run as root; Debian's package has made this user.
        self.user = "postgres" if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        """The address of the database every cluster has; tests make their own beside it."""
        return self.database_url("postgres")

    def database_url(self, name: str) -> str:
        return f"postgres://{ROLE}@{HOST}:{self.port}/{name}"

    def create_database(self, name: str) -> str:
        """Create an empty database and return its address."""
        with psycopg.connect(self.url.replace("postgres://", "postgresql://"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.database_url(name)

    def prepare(self) -> None:
        if self.data.exists():
            return
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        subprocess.run(
            [
                *(self.bin / "initdb", "-D", self.data, "-U", ROLE, "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
        )

    def command(self) -> list[str]:
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        return [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port), *options]

    def is_ready(self) -> bool:
        try:
            psycopg.connect(
                host=HOST, port=self.port, user=ROLE, dbname="postgres", connect_timeout=2
            ).close()
        except psycopg.OperationalError:
            return False
        return True
