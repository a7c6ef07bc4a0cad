"""Write a PDF from a page and its style: a program of its own, bounded in memory and time.

    python -I writing.py STYLE < page.html > page.pdf

It is a program because the library takes a second and sixty megabytes to load, and a long request several
seconds of a processor: threads that serve pages do not share theirs with it. It fetches nothing, whatever the
page says. The PDF is tagged and follows PDF/UA-1, whose title and language are those of the page.
"""

import resource
import sys

_MEMORY = 2_000_000_000
_SECONDS = 90


def bound():
    """Bound what this process may take, for good."""
    for what, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def refuse(url, *_args, **_options):
    """Fetch nothing."""
    raise ValueError(url)


def main():
    """Read, lay out, write."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- once bounded

    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=refuse)
    style = CSS(filename=sys.argv[1], url_fetcher=refuse)
    sys.stdout.buffer.write(page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    bound()
    main()
