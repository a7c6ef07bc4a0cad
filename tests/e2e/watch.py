"""What a browser must never report while people use the service."""

from contextlib import contextmanager
from urllib.parse import urlsplit

LOCAL = ("127.0.0.1", "")
# A navigation replaced by another, a download: the browser says « aborted », nobody lost anything.
HARMLESS = "net::ERR_ABORTED"


class Watch:
    """Collect the faults of every page of a browser context; `faults` is empty for a good session.

    Counted: errors on the console (those of the Content-Security-Policy among them), uncaught exceptions,
    requests that failed, answers of 400 and more that the test does not expect, requests to another machine.
    The pages of the CAS server are not ours, and are left alone.
    """

    def __init__(self, context, site_url):
        self.site_url = site_url
        self.faults = []
        self._expected = set()
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"exception : {error.error}"))
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)

    @contextmanager
    def expecting(self, *statuses):
        """Let these statuses pass while the block runs, as well as what fails while a part is down (0)."""
        before = self._expected
        self._expected = before | set(statuses)
        try:
            yield
        finally:
            self._expected = before

    def _is_ours(self, url):
        return url.startswith(self.site_url)

    def _on_console(self, message):
        # The status of an answer is judged where it comes, not by what the console makes of it.
        is_status = message.text.startswith("Failed to load resource")
        url = message.location["url"] or (message.page.url if message.page else self.site_url)
        if message.type == "error" and not is_status and self._is_ours(url):
            self.faults.append(f"console : {message.text} ({url})")

    def _on_request(self, request):
        if (urlsplit(request.url).hostname or "") not in LOCAL:
            self.faults.append(f"ailleurs : {request.url}")

    def _on_failure(self, request):
        if self._is_ours(request.url) and request.failure != HARMLESS and 0 not in self._expected:
            self.faults.append(f"{request.failure} : {request.method} {request.url}")

    def _on_response(self, response):
        if self._is_ours(response.url) and response.status >= 400 and response.status not in self._expected:
            self.faults.append(f"{response.status} : {response.request.method} {response.url}")
