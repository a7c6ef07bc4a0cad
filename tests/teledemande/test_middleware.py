"""Headers in, headers out."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from teledemande.middleware import PERMISSIONS_POLICY, real_address, response_headers

ADDRESSES = {
    "no-proxy-no-header": (0, None, "10.0.0.1"),
    "no-proxy-forged-header": (0, "1.2.3.4", "10.0.0.1"),
    "one-proxy": (1, "1.2.3.4", "1.2.3.4"),
    "one-proxy-forged-header": (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
    "two-proxies": (2, "1.2.3.4, 10.0.0.9", "1.2.3.4"),
    "two-proxies-forged-header": (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
    "two-proxies-one-entry": (2, "1.2.3.4", "10.0.0.1"),
    "one-proxy-no-header": (1, None, "10.0.0.1"),
    "one-proxy-empty-header": (1, " , ", "10.0.0.1"),
}


@pytest.mark.parametrize(("count", "header", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_only_our_own_proxies_are_believed(settings, count, header, address):
    settings.PROXY_COUNT = count
    headers = {} if header is None else {"X-Forwarded-For": header}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)

    assert real_address(lambda request: request.META["REMOTE_ADDR"])(request) == address


def answered(user, **headers):
    """Return the answer to `user` once our middleware has seen it."""
    request = RequestFactory().get("/")
    request.user = user
    return response_headers(lambda request: HttpResponse(headers=headers))(request)


def test_page_of_somebody_signed_in_is_kept_nowhere(lea):
    control = answered(lea).headers["Cache-Control"]

    assert set(control.split(", ")) == {
        "max-age=0",
        "no-cache",
        "no-store",
        "must-revalidate",
        "private",
    }


def test_page_that_says_how_it_is_kept_is_left_alone(lea):
    assert answered(lea, **{"Cache-Control": "private"}).headers["Cache-Control"] == "private"


def test_public_page_says_nothing_of_caches():
    from django.contrib.auth.models import AnonymousUser

    response = answered(AnonymousUser())

    assert "Cache-Control" not in response.headers
    assert response.headers["Permissions-Policy"] == PERMISSIONS_POLICY


@pytest.mark.parametrize("path", ["/", "/nulle-part/"])
def test_every_page_carries_its_protection(client, db, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert {
        name: headers[name]
        for name in (
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Permissions-Policy",
        )
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
    }
