"""What people type, without what nobody sees."""

import unicodedata

_KEPT_CONTROLS = "\n\t"
_KEPT_FORMATS = "\u200c\u200d"  # joiners: Persian and Indian scripts, composed emoji
MAX_TYPED = 2_000_000


def visible_text(text):
    """Return `text` without what nobody sees: control characters, direction marks, lone surrogates.

    A direction mark can make a sentence or a file name read as another; line ends become `\\n`.
    """
    return "".join(
        c for c in _lines(text)[:MAX_TYPED] if c in _KEPT_CONTROLS or c in _KEPT_FORMATS or _is_visible(c)
    )


def hides_something(text):
    """Whether `visible_text` would take something out of `text`."""
    return visible_text(text) != _lines(text)


def _lines(text):
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


def _is_visible(character):
    # What Python does not know yet (« Cn ») may be an emoji of this year: it stays.
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}
