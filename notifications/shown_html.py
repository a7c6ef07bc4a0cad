"""The HTML of a mail inside a page of ours: its own sheet allowed by its digest, nothing active."""

import base64
import hashlib
import re
from typing import Final

_SHEET: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def sheet_digests(html: str) -> list[str]:
    """Return the sources that allow the sheets of `html`, and no other, in a content security policy."""
    return [_digest(sheet) for sheet in _SHEET.findall(html)]


def aimed(html: str, target: str) -> str:
    """Return `html` with links that open in `target`."""
    return html.replace("<head>", f'<head><base target="{target}">', 1)


def _digest(sheet: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"
