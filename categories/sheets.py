"""What the public page of a theme shows."""

from categories.appeals import appeal_notice
from categories.audiences import audiences_of
from categories.delays import months_after
from categories.enums import Audience, Kind, SilenceRule
from categories.faq.before import entries_for
from categories.publication import ASKS_FOR_A_DECISION
from categories.questionnaire.versions import current_form
from categories.wording import audience_words


def sheet_context(category, reader, *, today):
    """Return what `categories/sheet.html` needs of `category`, for `reader`, on the day `today` (Paris).

    Two queries at most: the form and the questions.
    """
    pieces = current_form(category).pieces
    return {
        "category": category,
        "opens_later": category.opens_later(today),
        "has_closed": category.has_closed(today),
        "takes_requests": category.takes_requests(today),
        "audience": audience_words(category.audience),
        "is_for_others": is_for_others(category, reader),
        "required_pieces": [piece for piece in pieces if piece.is_required],
        "useful_pieces": [piece for piece in pieces if not piece.is_required],
        "last_day": last_day(category, today),
        "asks_for_a_decision": Kind(category.kind) in ASKS_FOR_A_DECISION,
        "appeal": _appeal(category),
        "entries": entries_for(category, reader),
    }


def is_for_others(category, reader):
    """Whether `reader`, signed in, is of no public of `category`. She may file all the same."""
    keys = {Audience(key) for key in category.audience if key in Audience.values}
    return bool(reader.is_authenticated and keys and not keys & audiences_of(reader))


def last_day(category, filed_on):
    """Return the last day of the silence for a request received on the day `filed_on`, or None without one.

    Counted from that day whatever starts the delay: the page says what it supposes.
    """
    if not category.silence_months:
        return None
    return months_after(filed_on, category.silence_months)


def _appeal(category):
    """Return the paragraphs on how a refusal is contested; none where nothing is decided."""
    decides = Kind(category.kind) in ASKS_FOR_A_DECISION or category.silence_rule == SilenceRule.REFUSAL
    return appeal_notice(category.recourse) if decides else ()
