"""What is searched, read from the database, and how to know that it has changed."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, DateTimeField, Max, OuterRef, Subquery, Value

from categories.finder.index import Document
from categories.finder.synonyms import shipped_synonyms
from categories.models import FaqEntry, FormVersion
from categories.tree import leaves

NAME, SYNONYMS, SUMMARY, ATTACHED, LABELS, BRANCHES = 3.0, 2.4, 1.0, 0.6, 0.5, 0.5
_BODY = 0.8
_LONGEST_BODY = 1500  # characters of an answer that are read: it says early what it is about


def stamps():
    """Return, by kind of text, what changes whenever the texts of that kind do. Two queries.

    Themes and signposts are not among them: their rows are read for the page anyway, and compared themselves.
    """
    forms = FormVersion.objects.filter(published_at__isnull=False)
    attached = _stamp("attached", FaqEntry.categories.through.objects.all(), None)
    rows = _stamp("forms", forms, Max("published_at")).union(attached, all=True)
    return {kind: tuple(values) for kind, *values in rows} | {"questions": _stamp_of_questions()}


def _stamp_of_questions():
    # The day of update is that of the words: who reads a question, and its synonyms, change without it.
    fields = ("pk", "updated_at", "is_published", "audience", "parent_id", "position", "synonyms")
    return tuple(FaqEntry.objects.order_by("pk").values_list(*fields))


def _stamp(kind, rows, last):
    nothing = Value(None, output_field=DateTimeField())
    counted = rows.order_by().values(kind=Value(kind)).annotate(count=Count("pk"), top=Max("pk"))
    return counted.annotate(last=last or nothing).values_list("kind", "count", "top", "last")


def key_of_themes(rows, stamp):
    """Return what the index of themes depends on, to be compared with that of an index already built."""
    texts = tuple(
        (
            *(row.pk, row.slug, row.name, row.summary, row.synonyms, row.position),
            *(row.parent_id, row.is_leaf, row.alias_of_id, row.redirect_to_id),
        )
        for row in rows
    )
    return texts, stamp.get("forms"), stamp.get("questions"), stamp.get("attached")


def documents_of_themes(rows, roots):
    """Return a Document for each theme drawn, by its id, in the order drawn. Two queries."""
    places = leaves(roots)
    others = _other_names(rows, places)
    labels, attached = _labels(), _attached_titles()
    documents = []
    for node, above in places:
        theme = node.theme
        if theme is not node.category:
            continue
        synonyms = [*synonyms_of(theme), *others[theme.pk]]
        texts = [
            (NAME, theme.name),
            (SYNONYMS, "\n".join(synonyms)),
            (SUMMARY, theme.summary),
            (ATTACHED, "\n".join(attached[theme.pk])),
            (LABELS, labels.get(theme.pk, "")),
            (BRANCHES, "\n".join(above)),
        ]
        documents.append(Document(theme.pk, texts, [theme.name, *synonyms]))
    return documents


def synonyms_of(theme):
    """Return the expressions of a theme: its own, or those shipped for its slug while it has none."""
    own = [line.strip() for line in theme.synonyms.splitlines() if line.strip()]
    return own or shipped_synonyms().get(theme.slug, [])


def _other_names(rows, places):
    """Return, by theme, the names of its second places and those of the themes it replaces."""
    found = defaultdict(list)
    for node, _above in places:
        if node.theme is not node.category:
            found[node.theme.pk].append(node.category.name)
    for row in rows:
        if row.redirect_to_id is not None:
            found[row.redirect_to_id] += [row.name, *synonyms_of(row)]
    return found


def _labels():
    """Return, by theme, the words of the form in force: labels, helps, names of pieces."""
    published = FormVersion.objects.filter(published_at__isnull=False)
    newest = published.filter(category=OuterRef("category")).order_by("-number").values("number")[:1]
    forms = published.filter(number=Subquery(newest)).values_list("category_id", "definition")
    return {theme: "\n".join(_words_of_form(definition)) for theme, definition in forms.iterator()}


def _words_of_form(definition):
    for thing in (*definition.get("questions", ()), *definition.get("pieces", ())):
        yield thing.get("label", "")
        yield thing.get("help", "")
        yield from _words_of_form(thing)


def _attached_titles():
    """Return, by theme, the questions attached to it that everybody may read."""
    public = FaqEntry.objects.visible_to(AnonymousUser()).filter(categories__isnull=False)
    found = defaultdict(list)
    for theme, title in public.order_by("position", "pk").values_list("categories", "title"):
        found[theme].append(title)
    return found


def documents_of_questions():
    """Return a Document for each published question, by its id: who may read it is asked later. One query."""
    rows = FaqEntry.objects.published().answers().order_by("position", "pk")
    return [
        Document(pk, [(NAME, title), (SYNONYMS, synonyms), (_BODY, body[:_LONGEST_BODY])], [title])
        for pk, title, synonyms, body in rows.values_list("pk", "title", "synonyms", "body")
    ]


def documents_of_signposts(signposts):
    """Return a Document for each of the `signposts`, by its id, in order."""
    return [
        Document(
            one.pk,
            [(NAME, one.title), (SYNONYMS, one.synonyms), (_BODY, one.body)],
            [one.title, *one.synonyms.splitlines()],
        )
        for one in signposts
    ]


def key_of_signposts(signposts):
    """Return what the index of `signposts` depends on."""
    return tuple((one.pk, one.title, one.synonyms, one.body) for one in signposts)
