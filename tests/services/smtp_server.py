"""The process of `Smtp`: `python smtp_server.py PORT MAIL_FOLDER CONTROL_FILE`."""

import asyncio
import email
import json
import sys
import time
from pathlib import Path
from random import Random

from aiosmtpd.smtp import SMTP

REPLIES = {
    "r421": "421 4.3.2 Fermeture",
    "r451": "451 4.3.0 Plus tard",
    "r550": "550 5.7.1 Refus de ce courriel",
}
SIZE_LIMIT = 100 * 1024 * 1024


class Handler:
    def __init__(self, mail_folder: Path, control_path: Path) -> None:
        self.mail_folder = mail_folder
        self.control_path = control_path
        self.drawn_from, self.draw = None, Random()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if refusal := self.refusal("rcpt", [address]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        if refusal := self.refusal("data", envelope.rcpt_tos):
            return refusal
        order = self.order()
        if "shares" in order and (answer := await self.misbehave(order, server, envelope)):
            return answer
        if not order.get("swallow"):
            self.keep(envelope)
        await asyncio.sleep(order.get("delay", 0) if self.concerns(order, envelope.rcpt_tos) else 0)
        return "250 OK"

    async def misbehave(self, order, server, envelope):
        """Return the refusal drawn for this mail, None to take it; cut the connection, or let it hang."""
        if self.drawn_from != order["seed"]:
            self.drawn_from, self.draw = order["seed"], Random(order["seed"])
        point = self.draw.random()
        for name, share in order["shares"].items():
            point -= share
            if point < 0:
                return await self.misbehave_as(name, order, server, envelope)
        return None

    async def misbehave_as(self, name, order, server, envelope):
        if name == "drop":
            server.transport.abort()
            raise ConnectionResetError
        if name == "hang":
            await asyncio.sleep(order["silence"])
            return "451 4.4.2 Trop tard"
        if name == "r550":
            self.write_down(envelope)
        return REPLIES[name]

    def write_down(self, envelope) -> None:
        message = email.message_from_bytes(envelope.original_content)
        line = {"message_id": message["Message-ID"], "to": envelope.rcpt_tos[0], "reply": REPLIES["r550"]}
        with (self.mail_folder / "refusals.jsonl").open("a") as journal:
            journal.write(json.dumps(line) + "\n")

    def order(self) -> dict:
        """Read what the test wants now."""
        try:
            return json.loads(self.control_path.read_text())
        except FileNotFoundError:
            return {}

    def refusal(self, stage, recipients):
        order = self.order()
        is_asked = order.get("stage") == stage and self.concerns(order, recipients)
        return order.get("reply") if is_asked else None

    @staticmethod
    def concerns(order, recipients):
        """Tell whether `order` is about all recipients, or one of these."""
        return not order.get("recipient") or order["recipient"] in recipients

    def keep(self, envelope) -> None:
        header = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {' '.join(envelope.rcpt_tos)}\r\n"
        aside = self.mail_folder / f"{time.time_ns()}.part"
        aside.write_bytes(header.encode() + envelope.original_content)
        aside.rename(aside.with_suffix(".eml"))


async def serve(port: int, mail_folder: Path, control_path: Path) -> None:
    handler = Handler(mail_folder, control_path)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
