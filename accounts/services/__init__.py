"""What may be changed in accounts, and the only place where it is."""

from accounts.services.addresses import ask_address, change_address, live_address_link
from accounts.services.links import ask_password, ask_registration, choose_password, register
from accounts.services.people import remember_cas_person, set_person
from accounts.services.profile import (
    save_body,
    save_display,
    save_identity,
    save_postal_address,
    set_filing_intro,
    set_language,
)
from accounts.services.reachability import ask_check, checked_address, confirm_address, note_refused
from accounts.services.single_use import AlreadyRegistered, LinkUnusable, TooManyMails, live_link

__all__ = [
    "AlreadyRegistered",
    "LinkUnusable",
    "TooManyMails",
    "ask_address",
    "ask_check",
    "ask_password",
    "ask_registration",
    "change_address",
    "checked_address",
    "choose_password",
    "confirm_address",
    "live_address_link",
    "live_link",
    "note_refused",
    "register",
    "remember_cas_person",
    "save_body",
    "save_display",
    "save_identity",
    "save_postal_address",
    "set_filing_intro",
    "set_language",
    "set_person",
]
