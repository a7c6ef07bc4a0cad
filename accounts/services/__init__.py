"""What may be changed in accounts, and the only place where it is."""

from accounts.services.links import (
    AlreadyRegistered,
    LinkUnusable,
    TooManyMails,
    ask_password,
    ask_registration,
    choose_password,
    live_link,
    register,
)
from accounts.services.people import (
    remember_cas_person,
    save_postal_address,
    set_filing_intro,
    set_language,
    set_person,
)

__all__ = [
    "AlreadyRegistered",
    "LinkUnusable",
    "TooManyMails",
    "ask_password",
    "ask_registration",
    "choose_password",
    "live_link",
    "register",
    "remember_cas_person",
    "save_postal_address",
    "set_filing_intro",
    "set_language",
    "set_person",
]
