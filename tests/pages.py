"""Read our own pages as a person would: the key a form carries, what an error summary says."""

import re
from html import unescape


def key_of(response):
    """Return the signed key of the first form of a page."""
    return re.search(r'name="key" value="([^"]+)"', response.content.decode())[1]


def filing_of(response):
    """Return what the check page posts when everything on it is accepted."""
    revision = re.search(r'name="revision" value="(\d+)"', response.content.decode())[1]
    return {"key": key_of(response), "revision": revision, "terms": "on"}


def errors_of(response):
    """Return what the error summary says, in order."""
    page = response.content.decode()
    return [unescape(words).strip() for words in re.findall(r'error-summary__link"[^>]*>([^<]+)<', page)]


def words_of(response):
    """Return the words of a page, tags gone."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
