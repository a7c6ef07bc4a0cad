"""Render a message: subject, text and HTML, from `templates/notifications/email/<message>/`."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils import translation

from notifications.rules import answering
from notifications.wording import SUBJECT_LENGTH, fold, one_line

FOLDER = "notifications/email"


@dataclass(frozen=True)
class Rendered:
    """What is stored, sent and read."""

    subject: str
    text: str
    html: str


def render(
    message: str,
    context: dict[str, Any],
    *,
    language: str,
    reference: str = "",
    topic: str = "",
    edited: dict[str, str] | None = None,
) -> Rendered:
    """Return `message` rendered with `context` in `language`, that of its reader.

    The subject is « [reference] headline – topic », cut under 80 characters; templates receive `headline`,
    `subject`, `site_url`, `answering` and `edited` besides `context`.

    `edited`: words by zone (see notifications.wordings.zones) of those who manage the theme. They are plain
    text, never a template.
    """
    edited = edited or {}
    with translation.override(language):
        context = context | {"site_url": settings.SITE_URL, "answering": answering(message), "edited": edited}
        headline = one_line(edited.get("headline") or _plain(f"{message}/subject.txt", context))
        subject = _subject(headline, reference, topic)
        context |= {"headline": headline, "subject": subject}
        text = _tidy(_plain(f"{message}/body.txt", context))
        html = get_template(f"{FOLDER}/{message}/body.html").render(context)
    return Rendered(subject=subject, text=text, html=html.strip() + "\n")


def _subject(headline: str, reference: str, topic: str) -> str:
    prefix = f"[{reference}] " if reference else ""
    suffix = f" – {one_line(topic)}" if topic else ""
    return one_line(f"{prefix}{headline}{suffix}", SUBJECT_LENGTH)


def _plain(name: str, context: dict[str, Any]) -> str:
    # A text is no HTML: escaping it would show « &amp; » to the reader.
    template = Engine.get_default().get_template(f"{FOLDER}/{name}")
    return template.render(Context(context, autoescape=False))


def _tidy(text: str) -> str:
    folded = "\n".join(line if line == "-- " else line.rstrip() for line in fold(text.strip()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", folded) + "\n"
