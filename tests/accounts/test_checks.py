import pytest

from accounts.checks import (
    account_mailer_exists,
    cas_address_ends_with_a_slash,
    cas_is_reached_by_https,
    sessions_are_kept_by_the_server,
    university_domains_are_domains,
)

GOOD = {
    "ACCOUNT_MAILER": "notifications.account_mails.send",
    "UNIVERSITY_DOMAINS": ["univ-amu.fr"],
    "CAS_SERVER_URL": "https://cas.example.org/cas/",
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
}
CHECKS = [
    account_mailer_exists,
    university_domains_are_domains,
    cas_address_ends_with_a_slash,
    sessions_are_kept_by_the_server,
    cas_is_reached_by_https,
]


def complaints(settings, **changed):
    for name, value in (GOOD | changed).items():
        setattr(settings, name, value)
    return [(error.id, bool(error.hint)) for check in CHECKS for error in check(None)]


def test_good_settings_pass(settings):
    assert complaints(settings) == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ACCOUNT_MAILER", "notifications.nowhere.send", "accounts.E001"),
        ("ACCOUNT_MAILER", "notifications.account_mails.ACCOUNT_MESSAGES", "accounts.E001"),
        ("UNIVERSITY_DOMAINS", [], "accounts.E002"),
        ("UNIVERSITY_DOMAINS", ["@univ-amu.fr"], "accounts.E002"),
        ("CAS_SERVER_URL", "https://cas.example.org/cas", "accounts.E003"),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies", "accounts.E004"),
        ("CAS_SERVER_URL", "http://cas.example.org/cas/", "accounts.E005"),
    ],
)
def test_a_wrong_setting_is_named_with_a_hint(settings, name, value, code):
    assert complaints(settings, **{name: value}) == [(code, True)]
