"""The process of `Smtp`: `python smtp_server.py PORT MAIL_FOLDER CONTROL_FILE`."""

import asyncio
import json
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP

SIZE_LIMIT = 100 * 1024 * 1024


class Handler:
    def __init__(self, mail_folder: Path, control_path: Path) -> None:
        self.mail_folder = mail_folder
        self.control_path = control_path

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if refusal := self.refusal("rcpt", [address]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        if refusal := self.refusal("data", envelope.rcpt_tos):
            return refusal
        self.keep(envelope)
        order = self.order()
        await asyncio.sleep(order.get("delay", 0) if self.concerns(order, envelope.rcpt_tos) else 0)
        return "250 OK"

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
