"""What makes the test session hunt by itself: pages no browser should receive, variables nobody gave."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
UNRENDERED = re.compile(r"\{\{\s*[\w.]+|\{%\s*\w+")
DATA_SCRIPTS = ("application/json", "application/ld+json")


class PageReader(HTMLParser):
    """Collect what is wrong in one HTML page."""

    def __init__(self):
        super().__init__()
        self.faults = []
        self.ids = set()
        self._form_lacks_token = False
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        line = f"<{tag}> line {self.getpos()[0]}"
        for name, value in attrs:
            self._check_attribute(name, value or "", line)
        if tag == "style":
            self.faults.append(f"inline style: {line}")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_SCRIPTS:
            self.faults.append(f"inline script: {line}")
        if tag == "form":
            self._form_lacks_token = attributes.get("method", "get").lower() == "post"
        if attributes.get("name") == "csrfmiddlewaretoken":
            self._form_lacks_token = False
        if tag in ("script", "textarea", "pre", "code"):
            self._inside = tag

    def handle_endtag(self, tag):
        if tag == "form" and self._form_lacks_token:
            self.faults.append(f"form without a CSRF token, ending line {self.getpos()[0]}")
            self._form_lacks_token = False
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data):
        if not self._inside and UNRENDERED.search(data):
            self.faults.append(f"unrendered template: {data.strip()[:60]}")

    def _check_attribute(self, name, value, line):
        if name.startswith("on"):
            self.faults.append(f"inline handler {name}: {line}")
        if name == "style":
            self.faults.append(f"inline style: {line}")
        if name in ("href", "src", "action") and value.strip().lower().startswith("javascript:"):
            self.faults.append(f"script in an address: {line}")
        if name != "value" and UNRENDERED.search(value):
            self.faults.append(f"unrendered template in {name}: {line}")
        if name == "id":
            if value in self.ids:
                self.faults.append(f"id used twice, {value}: {line}")
            self.ids.add(value)


def faults_of(html):
    """Return what is wrong in the page `html`: a list of sentences, empty for a good page."""
    reader = PageReader()
    reader.feed(html)
    reader.close()
    return reader.faults


class StrictClient(Client):
    """Django's test client, which refuses to receive a page our own rules forbid."""

    def request(self, **request):
        response = super().request(**request)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            faults = faults_of(response.content.decode(response.charset))
            assert faults == [], f"{request.get('PATH_INFO')}: {faults}"
        return response


class UndefinedVariable(AssertionError):  # noqa: N818 -- it is a failed assertion
    """One of our templates uses a variable its view did not give."""


class NoSuchVariable(str):
    """Django's `string_if_invalid`: an error in our own templates, silence in those of packages.

    `{{ x|default:… }}` says that `x` may be absent, and is left alone.
    """

    __slots__ = ()

    def __bool__(self):
        frame = sys._getframe(1)
        expression = None
        while frame is not None:
            name, here = frame.f_code.co_name, frame.f_locals.get("self")
            if name == "resolve" and hasattr(here, "filters"):
                expression = here
            if name == "render_annotated":
                _refuse(here, expression)
                break
            frame = frame.f_back
        return False


def _refuse(node, expression):
    may_be_absent = expression is None or any(f.__name__ == "default" for f, _args in expression.filters[:1])
    path = Path(str(node.origin))
    is_ours = path.is_relative_to(ROOT) and ".venv" not in path.parts
    if is_ours and not may_be_absent:
        message = f"{path.relative_to(ROOT)}, line {node.token.lineno}: « {expression.token} » is undefined"
        raise UndefinedVariable(message)
