"""Headers in, headers out."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def real_address(get_response):
    """Read the caller's address from X-Forwarded-For when `PROXY_COUNT` proxies stand before us.

    Only the entries our own proxies appended are believed: anything further left is the caller's word.
    """

    def middleware(request):
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if settings.PROXY_COUNT and len(hops) >= settings.PROXY_COUNT:
            request.META["REMOTE_ADDR"] = hops[-settings.PROXY_COUNT]
        return get_response(request)

    return middleware


def response_headers(get_response):
    """Keep pages of signed-in people out of every cache, and close the browser's sensors."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    return middleware
