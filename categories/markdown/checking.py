"""Reading over what staff write in Markdown: what would keep somebody from reading it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from markdown_it.token import Token

from categories.markdown.rendering import parser_of
from categories.markdown.targets import is_allowed, leads_somewhere, own_path

# Link texts that say nothing out of their sentence (RGAA 4.1, 6.1).
_VAGUE = {
    *("ici", "cliquez ici", "cliquer ici", "là", "lien", "ce lien", "le lien", "suivez ce lien", "voir ici"),
    *(
        "en savoir plus",
        "lire la suite",
        "plus d’informations",
        "plus d'informations",
        "voir",
        "page",
        "suite",
    ),
    *("here", "click here", "link", "this link", "read more", "more"),
}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_SHOUTED = 20  # letters: shorter ones are acronyms


@dataclass(frozen=True)
class Remark:
    """What is wrong, and on which line of the text (from 1); an error is refused, the rest is advice."""

    line: int
    sentence: str
    is_error: bool = True

    def __str__(self):
        return _("Ligne %(line)d : %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass(frozen=True)
class _Link:
    line: int
    words: str
    target: str


def check(text: str) -> list[str]:
    """Return what is to be said of `text`, in French, line by line; an empty list when all is well."""
    return [str(remark) for remark in remarks(text)]


def remarks(text: str, *, follows_links: bool = True) -> list[Remark]:
    """Return the Remarks on `text`, in the order of its lines.

    `follows_links` asks the database whether the links to our pages lead to something published.
    """
    # Every link and every tag is seen here, those the page would not show included.
    tokens = parser_of(lambda _target: True, sees_html=True).parse(text)
    links = [link for token in tokens for link in _links(token)]
    found = [
        *_on_headings(tokens),
        *_on_tables(tokens),
        *(remark for token in tokens for remark in _on_inline(token)),
        *(remark for link in links for remark in _on_link(link)),
        *(remark for link in links if follows_links for remark in _on_our_page(link)),
        *_on_twins(links),
    ]
    return sorted(dict.fromkeys(found), key=lambda remark: remark.line)


def _line(token):
    return token.map[0] + 1 if token.map else 1


# --- headings, tables, shouting, what is not shown ---------------------------------------------------------
def _on_headings(tokens):
    above = 0
    for token, inside in pairwise(tokens):
        if token.type != "heading_open":
            continue
        level = int(token.tag[1])
        if level > above + 1:
            sentence = _("le titre saute un niveau ; employez « %(marks)s ».") % {"marks": "#" * (above + 1)}
            yield Remark(_line(token), sentence)
        if not inside.content.strip():
            yield Remark(_line(token), _("le titre est vide."))
        above = level


def _on_tables(tokens):
    for token, inside in pairwise(tokens):
        if token.type == "th_open" and not inside.content.strip():
            yield Remark(_line(inside), _("une colonne du tableau n’a pas d’en-tête."))


def _on_inline(token):
    if token.type == "html_block":
        yield Remark(_line(token), _not_interpreted(), is_error=False)
    if token.type != "inline":
        return
    letters = [character for character in token.content if character.isalpha()]
    if len(letters) >= _SHOUTED and all(character.isupper() for character in letters):
        sentence = _("un passage entier en capitales se lit mal ; mettez en gras ce qui compte.")
        yield Remark(_line(token), sentence, is_error=False)
    for line, child in _with_lines(token):
        if child.type == "image":
            yield Remark(
                line, _("les images ne sont pas montrées ; dites avec des mots ce qu’elles montrent.")
            )
        if child.type == "html_inline":
            yield Remark(line, _not_interpreted(), is_error=False)


def _not_interpreted():
    return _("les balises HTML ne sont pas interprétées ; elles seront montrées telles quelles.")


def _with_lines(token):
    """Yield the pieces of a paragraph with the line of each."""
    line = _line(token)
    for child in token.children or []:
        yield line, child
        line += child.type in ("softbreak", "hardbreak")


# --- links -------------------------------------------------------------------------------------------------
def _links(token: Token) -> Iterator[_Link]:
    opened, words = None, ""
    for line, child in _with_lines(token):
        if child.type == "link_open":
            opened, words = (line, str(child.attrs["href"])), ""
        elif child.type == "link_close" and opened:
            yield _Link(opened[0], " ".join(words.split()), opened[1])
            opened = None
        elif opened:
            words += child.content or " "


def _on_link(link):
    if not link.words:
        yield Remark(link.line, _("un lien n’a pas de texte."))
    elif link.words.lower().strip(" .:…>»«") in _VAGUE:
        sentence = _("le lien « %(words)s » ne dit pas où il mène ; reprenez le titre de la page.")
        yield Remark(link.line, sentence % {"words": link.words})
    elif _ADDRESS.fullmatch(link.words):
        sentence = _("une adresse nue se lit mal à voix haute ; donnez un texte au lien.")
        yield Remark(link.line, sentence, is_error=False)
    if not is_allowed(link.target):
        sentence = _("le lien « %(words)s » n’est pas accepté : une page d’ici (/…), http(s), mailto ou tel.")
        yield Remark(link.line, sentence % {"words": link.words})


def _on_our_page(link):
    path = own_path(link.target) if is_allowed(link.target) else None
    if path is not None and not leads_somewhere(path):
        sentence = _("le lien « %(words)s » mène à une page d’ici qui n’existe pas ou n’est pas publiée.")
        yield Remark(link.line, sentence % {"words": link.words})


def _on_twins(links):
    first: dict[str, _Link] = {}
    for link in links:
        twin = first.setdefault(link.words.lower(), link)
        if link.words and is_allowed(link.target) and twin.target != link.target:
            sentence = _("un autre lien porte le texte « %(words)s » et mène ailleurs.")
            yield Remark(link.line, sentence % {"words": link.words}, is_error=False)
