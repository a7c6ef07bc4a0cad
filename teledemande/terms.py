"""The terms of use: which version a requester accepts. A change of the page's text is a new version."""

from datetime import date
from typing import Final

TERMS_VERSION: Final = "1"
TERMS_DATE: Final = date(2026, 11, 24)
