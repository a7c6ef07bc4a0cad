"""Add words to what somebody is writing."""

from tickets.models import Draft
from tickets.services.drafts import keep_draft


def add_words(draft: Draft, words: str) -> Draft:
    """Add `words` at the end of the message of `draft`, a move’s, after a blank line; return it."""
    before = draft.values.get("message", "").rstrip()
    message = f"{before}\n\n{words}" if before else words
    return keep_draft(
        draft.key, owner=draft.owner, ticket=draft.ticket, move=draft.move, values={"message": message}
    )


def quoted(words: str) -> str:
    """Return `words` as a quotation, « > » before each line, and a line to go on from."""
    return "\n".join(f"> {line}".rstrip() for line in words.strip().splitlines()) + "\n"
