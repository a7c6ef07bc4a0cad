"""From Markdown to HTML that can be shown as it is.

Two walls: the parser knows no HTML and makes no link we refuse; what it writes then passes an allow-list
(nh3). Nothing here asks the database anything.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from categories.markdown.targets import URL_SCHEMES, is_allowed, is_external

_TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "a", "span", "div"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "rel", "class"},
    "span": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "th": {"scope"},
    "ol": {"start"},
}
_DEEPEST = 6


def render(text: str, *, heading: int = 2) -> SafeString:
    """Return `text`, in Markdown, as HTML that cannot harm; `#` becomes a heading of level `heading`.

    A page has one h1, its own: `heading` is 2 there, and more where the text stands below other headings.
    Images are replaced by their words. Typography is left as written.
    """
    parser = parser_of(is_allowed)
    tokens = parser.parse(text.replace("\0", ""))
    _shift_headings(tokens, heading - 1)
    tokens = list(_with_frames(tokens))
    for token in tokens:
        if token.children:
            token.children = list(_with_marks(token.children))
    return _clean(parser.renderer.render(tokens, parser.options, {}))


def parser_of(accepts, *, sees_html: bool = False) -> MarkdownIt:
    """Return a parser that makes links of the targets `accepts(target)` says, and of no other."""
    parser = MarkdownIt("commonmark", {"html": sees_html}).enable("table")
    setattr(parser, "validateLink", accepts)  # noqa: B010 -- the library's own way, which its types forbid
    return parser


def _clean(html):
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308 -- sanitised on the line above


def _kept(_tag, attribute, value):
    return value if attribute != "href" or is_allowed(value) else None


def _shift_headings(tokens, shift):
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + max(shift, 1), _DEEPEST)}"


def _with_frames(tokens):
    """Give tables a frame that scrolls (docs/composants.md), and their headers a scope."""
    number = 0
    for token in tokens:
        if token.type == "table_open":
            number += 1
            name = _("Tableau %(number)d") % {"number": number}
            frame = {"class": "table-frame", "role": "region", "tabindex": "0", "aria-label": name}
            yield Token("frame_open", "div", 1, attrs=frame, block=True)
        if token.type in ("th_open", "td_open"):
            token.attrs = {"scope": "col"} if token.type == "th_open" else {}
        yield token
        if token.type == "table_close":
            yield Token("frame_close", "div", -1, block=True)


def _with_marks(children):
    """Say which links leave the site, and put words in place of images."""
    leaves = False
    for token in children:
        if token.type == "image":
            yield Token("text", "", 0, content=token.content)
            continue
        if token.type == "link_open":
            leaves = is_external(str(token.attrs["href"]))
            token.attrs = {"href": token.attrs["href"]} | (_EXTERNAL if leaves else {})
        if token.type == "link_close" and leaves:
            yield from _words_for_leaving()
        yield token


_EXTERNAL = {"rel": "noopener noreferrer", "class": "link-external"}


def _words_for_leaving():
    yield Token("span_open", "span", 1, attrs={"class": "visually-hidden"})
    yield Token("text", "", 0, content=" " + _("(autre site)"))
    yield Token("span_close", "span", -1)
