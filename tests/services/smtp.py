"""An SMTP server that keeps what it receives, and refuses or dawdles on command."""

import json
import smtplib
import sys
from pathlib import Path

from tests.services.mail import Mail
from tests.services.process import HOST, Server, wait_until


class Smtp(Server):
    name = "smtp"

    def __init__(self) -> None:
        super().__init__()
        self.mail_folder = self.folder / "mails"
        self.mail_folder.mkdir()
        self.control_path = self.folder / "control.json"
        self._refusals_path = self.mail_folder / "refusals.jsonl"

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    # --- switches -----------------------------------------------------------------------------

    def accept(self) -> None:
        self.control_path.unlink(missing_ok=True)

    def refuse(self, reply: str, *, stage: str = "data", recipient: str = "") -> None:
        """Answer `reply` (« 550 5.1.1 Inconnu ») at `stage` (rcpt or data), to all or to one recipient."""
        self._control(reply=reply, stage=stage, recipient=recipient)

    def slow_down(self, seconds: float, *, recipient: str = "") -> None:
        """Wait before the answer to DATA, to all or to one; the mail is kept, client or no client."""
        self._control(delay=seconds, recipient=recipient)

    def misbehave(self, *, seed: int, silence: float, **shares: float) -> None:
        """Refuse some mails at DATA, drawn from `seed`: a share each for `r421`, `r451`, `r550`, drop, hang.

        None of those is kept. `silence`: seconds a connection hangs.
        """
        self._control(shares=shares, seed=seed, silence=silence)

    def fall_silent(self, seconds: float) -> None:
        """Answer DATA after `seconds`, and keep nothing."""
        self.misbehave(seed=0, silence=seconds, hang=1.0)

    def swallow(self) -> None:
        """Take every mail and keep none."""
        self._control(swallow=True)

    def refusals(self) -> list[dict[str, str]]:
        """Return what was refused for good while misbehaving: message_id, to, reply."""
        lines = self._refusals_path.read_text().splitlines() if self._refusals_path.exists() else []
        return [json.loads(line) for line in lines]

    def _control(self, **order: object) -> None:
        aside = self.control_path.with_suffix(".new")
        aside.write_text(json.dumps(order))
        aside.rename(self.control_path)

    # --- mails --------------------------------------------------------------------------------

    def mails(self, *, to: str = "", subject: str = "") -> list[Mail]:
        """Return the mails received, oldest first; `to` is a whole address, `subject` a part of it."""
        mails = [Mail.read(path) for path in sorted(self.mail_folder.glob("*.eml"))]
        return [mail for mail in mails if (not to or to in mail.recipients) and subject in mail.subject]

    def wait_for_mail(self, *, to: str = "", subject: str = "", seconds: float = 30) -> Mail:
        """Return the newest such mail, as soon as there is one."""
        what = f"courriel à « {to} », objet « {subject} »"
        return wait_until(lambda: self.mails(to=to, subject=subject), seconds=seconds, what=what)[-1]

    def forget(self) -> None:
        """Remove the mails received so far."""
        for path in self.mail_folder.glob("*.eml"):
            path.unlink()

    # --- process ------------------------------------------------------------------------------

    def command(self) -> list[str]:
        server = Path(__file__).with_name("smtp_server.py")
        return [sys.executable, str(server), str(self.port), str(self.mail_folder), str(self.control_path)]

    def is_ready(self) -> bool:
        try:
            with smtplib.SMTP(HOST, self.port, timeout=2) as client:
                return client.noop()[0] == 250
        except OSError:
            return False
