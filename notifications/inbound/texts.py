"""What a mail says of its own: its HTML as text, then the words above what it quotes."""

import html
import re
from typing import Final

import nh3
from mailparser_reply import EmailReplyParser

from teledemande.text import visible_text

_BREAK: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote)\b[^>]*>", re.IGNORECASE)
# What is in them is no text, or a quotation.
_DROPPED: Final = {"script", "style", "head", "title", "blockquote", "template", "svg", "object"}
_LANGUAGES: Final = ["fr", "en", "de", "es", "it"]
# The parser of replies is slow, then endless, on long texts, on long lines and on lines of spaces: it reads
# the beginning, where the answer is, and never two empty lines in a row. So is that of HTML, on what is deep.
_READ_AT_MOST: Final = 10_000
_LINE_AT_MOST: Final = 2_000
_HTML_AT_MOST: Final = 100_000


def of_html(source: str) -> str:
    """Return the words of an HTML mail, a line for each block, without what is in a quotation."""
    lines = _BREAK.sub(lambda tag: f"{tag.group(0)}\n", source[:_HTML_AT_MOST])
    return _tidy(html.unescape(nh3.clean(lines, tags=set(), attributes={}, clean_content_tags=_DROPPED)))


def own_words(text: str) -> str:
    """Return what the author of a mail wrote, without the mail it answers; all of it when in doubt."""
    text = _tidy(visible_text(text))
    beginning = text[:_READ_AT_MOST]
    latest = _latest(beginning)
    if latest and len(latest) < len(beginning.strip()):
        return latest
    return text


def _latest(text: str) -> str:
    if any(len(line) > _LINE_AT_MOST for line in text.split("\n")):
        return ""
    return (EmailReplyParser(languages=_LANGUAGES).parse_reply(text=text) or "").strip()


def _tidy(text: str) -> str:
    lines = "\n".join(re.sub(r"[^\S\n]{3,}", "  ", line).strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
