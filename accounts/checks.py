"""System checks of the accounts: what settings must say for people to come in, each with a hint."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


@checks.register(checks.Tags.security)
def account_mailer_exists(app_configs, **kwargs):
    """E001: links must have a carrier, or nobody from outside could come in."""
    try:
        carrier = import_string(settings.ACCOUNT_MAILER)
    except ImportError:
        carrier = None
    if callable(carrier):
        return []
    hint = "ACCOUNT_MAILER nomme une fonction send(message, *, to, context)."
    return [checks.Error("Les courriels de compte n’ont pas de porteur.", hint=hint, id="accounts.E001")]


@checks.register(checks.Tags.security)
def university_domains_are_domains(app_configs, **kwargs):
    """E002: without its domains, members of the university would open accounts beside their own."""
    domains = settings.UNIVERSITY_DOMAINS
    if domains and all(_DOMAIN.fullmatch(name) for name in domains):
        return []
    hint = "Exemple : UNIVERSITY_DOMAINS=univ-amu.fr ; les sous-domaines sont compris."
    return [checks.Error("Les domaines de l’université sont mal donnés.", hint=hint, id="accounts.E002")]


@checks.register(checks.Tags.security)
def cas_address_ends_with_a_slash(app_configs, **kwargs):
    """E003: joined to `login`, an address without its last slash would lose its last part."""
    if settings.CAS_SERVER_URL.endswith("/"):
        return []
    hint = "Exemple : CAS_SERVER_URL=https://cas.example.org/cas/"
    return [checks.Error("CAS_SERVER_URL ne finit pas par « / ».", hint=hint, id="accounts.E003")]


@checks.register(checks.Tags.security)
def sessions_are_kept_by_the_server(app_configs, **kwargs):
    """E004: CAS cannot end a session that lives in a cookie only."""
    if "signed_cookies" not in settings.SESSION_ENGINE:
        return []
    hint = "Prenez une session en base ou en cache."
    return [checks.Error("Le CAS ne pourrait fermer aucune session.", hint=hint, id="accounts.E004")]


@checks.register(checks.Tags.security, deploy=True)
def cas_is_reached_by_https(app_configs, **kwargs):
    """E005: an answer about a ticket that anybody on the way may write proves nothing."""
    if urlsplit(settings.CAS_SERVER_URL).scheme == "https":
        return []
    hint = "Donnez l’adresse https du serveur CAS de l’université."
    return [checks.Error("Le serveur CAS n’est pas joint en https.", hint=hint, id="accounts.E005")]
