"""Authentication by a CAS ticket."""

import logging

import requests
from django.contrib.auth.backends import BaseBackend

from accounts.cas.http import cas_client
from accounts.cas.protocol import CASUnavailable, Proof, read_validation
from accounts.models import User
from accounts.services import remember_cas_person

logger = logging.getLogger(__name__)

MAX_TICKET_LENGTH = 256  # the protocol asks clients to take up to 256
MAX_LOGIN_LENGTH = 150


class InactivePerson(Exception):  # noqa: N818 -- a refusal, not a failure
    """CAS knows her, but her account here was closed."""


class CASBackend(BaseBackend):
    """Know people by the login CAS proves; rights never come from CAS."""

    def authenticate(self, request, ticket=None, service=None):
        """Return the person `ticket` proves for `service`, or None when CAS refuses the ticket.

        Raises CASUnavailable when CAS cannot say, InactivePerson when she may not enter.
        """
        if not ticket or not service or len(ticket) > MAX_TICKET_LENGTH:
            return None
        proof = self._validated(ticket, service)
        if proof is None or not _is_plausible(proof.login):
            return None
        user = remember_cas_person(proof.login, proof.attributes)
        if not user.is_active:
            raise InactivePerson
        return user

    def get_user(self, user_id):
        """Return the person of a session, while she is active."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def _validated(self, ticket, service) -> Proof | None:
        try:
            body = cas_client(service).get_verification_response(ticket)
        except requests.RequestException as error:
            logger.warning("CAS does not validate: %s", type(error).__name__)
            raise CASUnavailable from error
        return read_validation(body)


def _is_plausible(login):
    return len(login) <= MAX_LOGIN_LENGTH and login.isprintable() and " " not in login
