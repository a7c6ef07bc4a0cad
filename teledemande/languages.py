"""Which language a page is in, and how a browser remembers it.

Nobody is guessed: `Accept-Language` is not read. Themes, legal mentions and answers are written in French,
and many browsers of French readers say « en » without their knowing; a page that turns English by itself
would be half translated for somebody who asked for nothing. One button, on every page, changes it for good.
"""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers


def language_of(request) -> str:
    """Return the language of the answer to `request`: her account's, else her browser's, else French.

    A language that is offered no more is French.
    """
    user = request.user
    chosen = user.language if user.is_authenticated else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def remember(response, language: str) -> None:
    """Have the browser keep `language`, one of LANGUAGES."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )


def speak(get_response):
    """Answer each request in its language (after AuthenticationMiddleware: the account decides)."""

    def middleware(request):
        language = language_of(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


def is_french() -> bool:
    """Whether what is written now is in French."""
    return (translation.get_language() or settings.LANGUAGE_CODE).startswith("fr")
