"""Markdown of staff: nothing dangerous ever comes out, and what hampers readers is said."""

import re
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from categories.markdown import check, remarks, render
from categories.markdown.rendering import _clean
from categories.markdown.targets import is_allowed
from categories.models import FaqEntry

NBSP = "\u00a0"


# --- what comes out --------------------------------------------------------------------------------------
class Reader(HTMLParser):
    """Read HTML as a browser would: which elements, with which attributes."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(str(html))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "a", "span", "div", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"href", "rel", "class", "role", "tabindex", "aria-label", "scope", "start"}
HOSTILE = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"onmouseover="x', "javascript:alert(1)"),
    *(
        "[x](javascript:alert(1))",
        "[x](JaVa\tScRiPt:alert(1))",
        "[x](&#106;avascript:x)",
        "[x](data:text/html,x)",
    ),
    *(
        "![x](https://evil.example/x.png)",
        "<javascript:alert(1)>",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
    ),
    *(
        "[a]: javascript:x",
        "[a]",
        '[x](https://e.example "onload=x")',
        "<svg/onload=x>",
        "\0",
        "&lt;script&gt;",
    ),
    *(
        "| a |\n|---|\n| <b onclick=x> |",
        '```" onclick=x\n</code><script>\n```',
        "# ",
        "\n\n",
        "<!--",
        "]]>",
        "*",
    ),
)
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=8).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_nothing_dangerous_comes_out(text):
    elements = Reader(render(text)).elements

    assert {tag for tag, _attributes in elements} <= TAGS
    assert {name for _tag, attributes in elements for name in attributes} <= ATTRIBUTES
    targets = [attributes["href"] for tag, attributes in elements if tag == "a" and "href" in attributes]
    assert [target for target in targets if not re.match(r"https?://|mailto:|tel:|/(?![/\\])", target)] == []


@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_whatever_is_typed_can_be_read_over(text):
    lines = max(1, len(text.splitlines()))

    assert all(1 <= remark.line <= lines for remark in remarks(text))


def test_html_is_safe_and_not_escaped_again():
    html = render("Un **mot**.")

    assert isinstance(html, SafeString)
    assert html == "<p>Un <strong>mot</strong>.</p>\n"


@pytest.mark.parametrize(
    ("heading", "tags"), [(2, ["h2", "h3", "h6"]), (3, ["h3", "h4", "h6"]), (1, ["h2", "h3", "h6"])]
)
def test_headings_leave_h1_to_the_page(heading, tags):
    html = render("# Un\n\n## Deux\n\n###### Six", heading=heading)

    assert [tag for tag, _attributes in Reader(html).elements] == tags


def test_links_to_other_sites_say_so(settings):
    settings.SITE_URL = "https://teledemande.example.org"
    text = "[La loi](https://loi.example/x) [Thèmes](/themes/) [Ici](https://teledemande.example.org/faq/)"

    away, near, ours = [attributes for tag, attributes in Reader(render(text)).elements if tag == "a"]

    assert away == {"href": "https://loi.example/x", "rel": "noopener noreferrer", "class": "link-external"}
    assert near == {"href": "/themes/"}
    assert ours == {"href": "https://teledemande.example.org/faq/"}
    assert render(text).count("(autre site)") == 1


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("<b onclick=x>Gras</b>", "<p>&lt;b onclick=x&gt;Gras&lt;/b&gt;</p>\n"),
    ],
    ids=["link", "tag"],
)
def test_what_is_refused_is_shown_as_written(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<script>x</script><b onclick=x>Gras</b>", "Gras"),
        ('<a href="javascript:x" class="a">lien</a>', '<a class="a">lien</a>'),
        ('<a href="//evil.example">lien</a>', "<a>lien</a>"),
    ],
    ids=["tags", "scheme", "host"],
)
def test_the_second_wall_stands_alone(html, clean):
    assert _clean(html) == clean


def test_typography_is_left_as_written():
    assert render('« Oui »... -- "non" (c)') == "<p>« Oui »... -- &quot;non&quot; (c)</p>\n".replace(
        "&quot;", '"'
    )


def test_an_image_leaves_its_words():
    assert render("Voici ![la carte](https://x.example/carte.png).") == "<p>Voici la carte.</p>\n"


def test_a_table_scrolls_in_its_frame_and_names_its_headers():
    elements = Reader(render("| a | b |\n|:-:|---|\n| 1 | 2 |")).elements

    frame = {"class": "table-frame", "role": "region", "tabindex": "0", "aria-label": "Tableau 1"}
    assert elements[0] == ("div", frame)
    assert [attributes for tag, attributes in elements if tag == "th"] == [{"scope": "col"}] * 2
    assert [attributes for tag, attributes in elements if tag == "td"] == [{}, {}]


@pytest.mark.parametrize(
    "target",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "#a",
        ),
        *(
            "/\\evil.example",
            "page",
            "",
            "http://",
            "https:///x",
            "http://[::1",
            "mailto:",
            "tel:",
            "ftp://a.b",
        ),
    ],
)
def test_targets_refused(target):
    assert not is_allowed(target)


@pytest.mark.parametrize(
    "target",
    ["/", "/themes/", "/?q=a", "https://a.example", "http://a.example/b", "mailto:a@b.example", "tel:+33"],
)
def test_targets_accepted(target):
    assert is_allowed(target)


# --- reading over ----------------------------------------------------------------------------------------
NOT_INTERPRETED = "les balises HTML ne sont pas interprétées ; elles seront montrées telles quelles."
VAGUE = "le lien « {} » ne dit pas où il mène ; reprenez le titre de la page."
ADVICE = {
    "Voir [https://loi.example/a](https://loi.example/a)": (
        "une adresse nue se lit mal à voix haute ; donnez un texte au lien."
    ),
    "[Le texte](https://a.example) et [le texte](https://b.example)": (
        "un autre lien porte le texte « le texte » et mène ailleurs."
    ),
    "NE DÉPOSEZ SURTOUT RIEN AVANT LUNDI": (
        "un passage entier en capitales se lit mal ; mettez en gras ce qui compte."
    ),
    "Du <b>gras</b>": NOT_INTERPRETED,
    "<div>\nbloc\n</div>": NOT_INTERPRETED,
}
ERRORS = {
    "## Trop bas": "le titre saute un niveau ; employez « # ».",
    "# ": "le titre est vide.",
    "[Cliquez ici](/themes/)": VAGUE.format("Cliquez ici"),
    "[ici.](/themes/)": VAGUE.format("ici."),
    "[**Lien**](/themes/)": VAGUE.format("Lien"),
    "[](/themes/)": "un lien n’a pas de texte.",
    "[Un piège](javascript:alert(1))": (
        "le lien « Un piège » n’est pas accepté : une page d’ici (/…), http(s), mailto ou tel."
    ),
    "![](/x.png)": "les images ne sont pas montrées ; dites avec des mots ce qu’elles montrent.",
    "| a | |\n|---|---|\n| 1 | 2 |": "une colonne du tableau n’a pas d’en-tête.",
    "[Rien](/nulle-part/)": "le lien « Rien » mène à une page d’ici qui n’existe pas ou n’est pas publiée.",
}


def spaced(sentence):
    return (
        sentence.replace("« ", f"«{NBSP}")
        .replace(" »", f"{NBSP}»")
        .replace(" ;", f"{NBSP};")
        .replace(" :", f"{NBSP}:")
    )


@pytest.mark.parametrize(("text", "sentence"), [*ERRORS.items(), *ADVICE.items()])
def test_remark(db, text, sentence):
    (remark,) = remarks(text)

    assert remark.sentence == spaced(sentence)
    assert remark.line == 1
    assert remark.is_error == (text in ERRORS)


def test_remarks_name_their_line():
    text = "# Titre\n\nUn paragraphe\nsuivi de [ici](https://a.example),\net de ![](x)\n\n### Bas"

    assert [remark.line for remark in remarks(text)] == [4, 5, 7]
    assert check(text)[0].startswith(f"Ligne 4{NBSP}: le lien")


def test_links_to_our_pages_are_followed(transcripts, alert):
    alert.is_published = False
    alert.save()
    FaqEntry.objects.create(slug="ouverte", title="Ouverte", body="Oui.")
    FaqEntry.objects.create(slug="fermee", title="Fermée", body="Non.", is_published=False)
    text = "\n".join(
        f"[{name}]({path})"
        for name, path in {
            "Relevé": "/themes/releve-de-notes/",
            "Signalement": "/themes/signalement/",
            "Ouverte": "/questions-frequentes/ouverte/",
            "Fermée": "/questions-frequentes/fermee/",
            "Liste": "/questions-frequentes/?q=a#b",
        }.items()
    )

    assert [remark.line for remark in remarks(text)] == [2, 4]


def test_a_text_without_fault_has_no_remark():
    text = "Un texte.\n\n# Titre\n\n## Sous-titre\n\n- un [site de la loi](https://loi.example)\n- CROUS\n"

    assert check(text) == []
