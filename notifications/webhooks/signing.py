"""The signature of a call: whoever knows the secret can tell that it is ours, and that it is of today."""

import hashlib
import hmac
import secrets
from typing import Final

HEADER: Final = "X-Teledemande-Signature"
PREFIX: Final = "tdwh_"


def new_secret() -> str:
    """Return a secret nobody guesses."""
    return PREFIX + secrets.token_urlsafe(32)


def signature(secret: str, body: bytes, *, at: int) -> str:
    """Return « t=<at>,v1=<hexadecimal HMAC-SHA256 of « <at>.<body> »> »; `at` in seconds since 1970.

    The instant is signed with the body: a call that was overheard cannot be replayed much later.
    """
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={digest.hexdigest()}"
