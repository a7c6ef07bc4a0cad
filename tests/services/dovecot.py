"""A real IMAP server, Dovecot, with one mailbox: `put` delivers a mail into it."""

import getpass
import grp
import imaplib
import os
import shutil
import time
from pathlib import Path

from tests.services.process import HOST, Server

USER = "demandes"
PASSWORD = "mot-de-passe-de-test"


def dovecot_program() -> str | None:
    """Return where dovecot is, which is in a folder of administrators; None when it is not installed."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


class Dovecot(Server):
    """It runs as whoever runs the tests; for root, in part, as the accounts of its package."""

    name = "dovecot"

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@{HOST}:{self.port}/INBOX"

    @property
    def mail_folder(self) -> Path:
        return self.folder / "mail"

    def prepare(self) -> None:
        self.folder.chmod(0o755)
        self.mail_folder.mkdir(exist_ok=True)
        if getpass.getuser() == "root":
            shutil.chown(self.mail_folder, "dovecot", "dovecot")
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        (self.folder / "dovecot.conf").write_text(self._configuration(), encoding="utf-8")

    def _configuration(self) -> str:
        me, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        # Its front refuses to be root; the package made two accounts for that.
        front, inside, inside_group = ("dovenull", "dovecot", "dovecot") if me == "root" else (me, me, group)
        return f"""
protocols = imap
listen = {HOST}
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
default_login_user = {front}
default_internal_user = {inside}
default_internal_group = {inside_group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{self.mail_folder}
mail_uid = {inside}
mail_gid = {inside_group}
passdb {{
  driver = passwd-file
  args = {self.folder}/users
}}
userdb {{
  driver = static
  args = uid={inside} gid={inside_group} home={self.mail_folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""

    def command(self) -> list[str]:
        return [dovecot_program() or "dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]

    def is_ready(self) -> bool:
        try:
            with self._connected():
                return True
        except (OSError, imaplib.IMAP4.error):
            return False

    # --- mails --------------------------------------------------------------------------------

    def put(self, raw: bytes) -> None:
        """Deliver the mail `raw` into the mailbox."""
        with self._connected() as client:
            client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)

    def count(self, folder: str = "INBOX") -> int:
        """Return how many mails `folder` holds."""
        with self._connected() as client:
            status, answer = client.select(folder, readonly=True)
            return int(answer[0] or 0) if status == "OK" else 0

    def _connected(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(HOST, self.port, timeout=5)
        client.login(USER, PASSWORD)
        return client
