"""Show which words of a title were found."""

from dataclasses import dataclass

from categories.finder.synonyms import vocabulary
from categories.finder.words import words_of


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_found` when it is a word that was asked, in whatever form."""

    text: str
    is_found: bool


def marked(text, slots):
    """Return `text` cut into Pieces; joined again they give it back."""
    wanted = {term for slot in slots for term in slot.terms}
    words = words_of(text)
    pieces, end = [], 0
    for place, stem, names in vocabulary().terms([word.stem for word in words]):
        if stem not in wanted and not wanted.intersection(names):
            continue
        word = words[place]
        pieces += [
            Piece(text[end : word.start], is_found=False),
            Piece(text[word.start : word.end], is_found=True),
        ]
        end = word.end
    pieces.append(Piece(text[end:], is_found=False))
    return [piece for piece in pieces if piece.text]
