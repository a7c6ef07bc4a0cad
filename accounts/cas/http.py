"""The client of the CAS server: always with time-outs."""

import logging

import requests
from cas import CASClient
from django.conf import settings

logger = logging.getLogger(__name__)

FIRST_SERVER_FAILURE = 500


class ImpatientSession(requests.Session):
    """A session none of whose requests waits for ever (`requests` has no time-out of its own)."""

    def request(self, method, url, **options):
        """Send a request with the time-outs of the settings: (to connect, between two answers)."""
        options.setdefault("timeout", settings.CAS_TIMEOUT)
        return super().request(method, url, **options)


def session_with_timeout():
    """Return the session of our CAS client."""
    return ImpatientSession()


def cas_client(service=None):
    """Return a client of protocol 3 for the address `service` of ours.

    Not `django_cas_ng.utils.get_cas_client`: it has no time-out unless a setting holds a function.
    """
    return CASClient(
        version="3", server_url=settings.CAS_SERVER_URL, service_url=service, session=session_with_timeout()
    )


def is_reachable() -> bool:
    """Whether the CAS server answers now; asked before sending anybody there."""
    login_page = cas_client().get_login_url().partition("?")[0]
    try:
        answer = session_with_timeout().head(login_page, allow_redirects=False)
    except requests.RequestException as error:
        logger.warning("CAS does not answer: %s", type(error).__name__)
        return False
    return answer.status_code < FIRST_SERVER_FAILURE
