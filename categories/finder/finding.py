"""One search, whole: themes, questions one may read, and where to go for the rest."""

from dataclasses import dataclass, field

from categories.enums import Audience
from categories.finder import documents
from categories.finder.index import build_index
from categories.finder.kept import Kept
from categories.finder.marking import Piece, marked
from categories.finder.ranking import rank, understand
from categories.finder.words import LONGEST_TEXT
from categories.models import Category, FaqEntry, Signpost
from categories.tree import leaves

MOST_THEMES, MOST_ANSWERS, MOST_SIGNPOSTS = 10, 3, 3
_CANDIDATES = 60  # questions tried: some are not for everybody
_LEAST_SHARE = 0.3  # of the best score: below, a result is noise, unless it says all that was asked
_LEAST_COVERAGE = 0.25  # of what was asked: below, nothing was found
_LEAST_OF_A_STORY = 0.1  # the same for a sentence of several words, when nothing better was found
_MOST_CLOSE = 3
_STORY = 4  # words that mean something
_ALL = 0.95
_LEAST_BESIDE = 0.45  # a question or a signpost stands beside the themes: it answers nearly half of the words

_themes, _questions, _signposts = Kept(), Kept(), Kept()


@dataclass(frozen=True)
class ThemeFound:
    """A theme, the pieces of its name, the branches above it and the publics it is for."""

    theme: Category
    title: list[Piece]
    branches: tuple[str, ...]

    @property
    def audiences(self):
        """Return the names of the publics, always in the same order."""
        return [audience.label for audience in Audience if audience.value in self.theme.audience]


@dataclass(frozen=True)
class TextFound:
    """A question or a signpost, and the pieces of its title."""

    row: FaqEntry | Signpost
    title: list[Piece]


@dataclass(frozen=True)
class Found:
    """What a search gives, best first in each list."""

    themes: list[ThemeFound] = field(default_factory=list)
    answers: list[TextFound] = field(default_factory=list)
    signposts: list[TextFound] = field(default_factory=list)
    is_elsewhere: bool = False  # a signpost answers better than any theme

    def __bool__(self):
        return bool(self.themes or self.others)

    @property
    def others(self):
        """Return how many pages other than themes were found."""
        return len(self.answers) + len(self.signposts)


def find(asked, *, user, rows, roots, signposts):
    """Return what answers `asked`, as Found, for `user`.

    `rows` are those of `categories.tree.read_searched`, read in this request, `roots` the tree made of them,
    `signposts` those published. Three queries; three more in a process that has not read the latest texts.
    """
    asked = asked[:LONGEST_TEXT]
    stamps = documents.stamps()
    key = documents.key_of_themes(rows, stamps)
    themes = _themes.get(key, lambda: build_index(documents.documents_of_themes(rows, roots)))
    key = stamps.get("questions")
    questions = _questions.get(key, lambda: build_index(documents.documents_of_questions()))
    key = documents.key_of_signposts(signposts)
    elsewhere = _signposts.get(key, lambda: build_index(documents.documents_of_signposts(signposts)))
    hits, found = _themes_found(asked, themes, roots)
    signs, signposts_found = _signposts_found(asked, elsewhere, {one.pk: one for one in signposts})
    return Found(
        found,
        _answers_found(asked, questions, FaqEntry.objects.visible_to(user)),
        signposts_found,
        is_elsewhere=bool(signs) and (not hits or signs[0].score > hits[0].score),
    )


def _themes_found(asked, index, roots):
    places = {
        node.theme.pk: (node.theme, above) for node, above in leaves(roots) if node.theme is node.category
    }
    words = understand(asked, index)
    hits = rank(words, index)
    kept = [hit for hit in _worthy(hits) or _closest(hits, words) if hit.key in places]
    found = [places[hit.key] for hit in kept[:MOST_THEMES]]
    return kept, [ThemeFound(theme, marked(theme.name, words.slots), above) for theme, above in found]


def _answers_found(asked, index, allowed):
    words = understand(asked, index)
    keys = [hit.key for hit in _beside(words, index)][:_CANDIDATES]
    rows = allowed.only("slug", "title").in_bulk(keys) if keys else {}
    return _texts(keys, rows, words)[:MOST_ANSWERS]


def _signposts_found(asked, index, rows):
    words = understand(asked, index)
    hits = _beside(words, index)
    return hits, _texts([hit.key for hit in hits], rows, words)[:MOST_SIGNPOSTS]


def _beside(words, index):
    return [hit for hit in _worthy(rank(words, index)) if hit.coverage >= _LEAST_BESIDE]


def _texts(keys, rows, words):
    return [TextFound(rows[key], marked(rows[key].title, words.slots)) for key in keys if key in rows]


def _closest(hits, words):
    """Return the three least far from a whole sentence, rather than nothing."""
    is_story = len(words.slots) >= _STORY
    return [hit for hit in hits if is_story and hit.coverage >= _LEAST_OF_A_STORY][:_MOST_CLOSE]


def _worthy(hits):
    if not hits:
        return []
    least = hits[0].score * _LEAST_SHARE
    return [hit for hit in hits if hit.coverage >= (_LEAST_COVERAGE if hit.score >= least else _ALL)]
