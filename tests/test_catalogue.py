"""What reads the catalogues reads them right; the catalogues themselves fail on no page."""

import pytest

from tests.catalogue import (
    ENGLISH,
    Entry,
    entries,
    marked_in_code,
    marked_in_sources,
    marked_in_template,
    misquoting,
    untranslated,
)

CATALOGUE = r"""
msgid ""
msgstr ""
"Language: en\n"

msgid "Bonjour,"
msgstr "Hello,"

msgid ""
"Une phrase "
"longue."
msgstr ""
"A long "
"sentence."

#, python-format
msgid "%(count)d fichier"
msgid_plural "%(count)d fichiers"
msgstr[0] "One file"
msgstr[1] "%(count)d files"

msgctxt "mois"
msgid "mai"
msgstr "May"

msgid "Rien"
msgstr ""

#, fuzzy
msgid "Deviné"
msgstr "Guessed"

msgid "Moitié"
msgid_plural "Moitiés"
msgstr[0] "Half"
msgstr[1] ""

#~ msgid "Partie"
#~ msgstr "Gone"
"""


def test_a_catalogue_is_read():
    assert list(entries(CATALOGUE))[:4] == [
        Entry("Bonjour,", ("Hello,",)),
        Entry("Une phrase longue.", ("A long sentence.",)),
        Entry("%(count)d fichier", ("One file", "%(count)d files"), plural="%(count)d fichiers"),
        Entry("mai", ("May",)),
    ]


def test_what_is_empty_guessed_half_said_or_absent_is_untranslated():
    marked = dict.fromkeys(("Bonjour,", "mai", "Rien", "Deviné", "Moitié", "Partie", "Absente"), "a.py")

    assert list(untranslated(CATALOGUE, marked)) == ["Rien", "Deviné", "Moitié", "Partie", "Absente"]


@pytest.mark.parametrize(
    ("msgstr", "is_wrong"),
    [("%(name)s, hello", False), ("Hello", True), ("%(nom)s, hello", True), ("%(name)s %(other)s", True)],
)
def test_a_translation_with_other_placeholders_is_found(msgstr, is_wrong):
    catalogue = f'msgid "Bonjour %(name)s"\nmsgstr "{msgstr}"\n'

    assert misquoting(catalogue) == (["Bonjour %(name)s"] if is_wrong else [])


def test_a_plural_must_say_the_number_and_a_singular_may():
    catalogue = 'msgid "%(n)d jour"\nmsgid_plural "%(n)d jours"\nmsgstr[0] "one day"\nmsgstr[1] "days"\n'

    assert misquoting(catalogue) == ["%(n)d jour"]
    assert misquoting(catalogue.replace('"days"', '"%(n)d days"')) == []


def test_sentences_of_the_code_are_found():
    source = (
        '_("Un " "deux")\ngettext_lazy("Trois")\nngettext("%d an", "%d ans", n)\n'
        'pgettext("mois", "mai")\n_(variable)\nother("Non")\n'
    )

    assert marked_in_code(source) == {"Un deux", "Trois", "%d an", "mai"}


def test_sentences_of_templates_are_found():
    source = (
        "{% load i18n %}{% translate \"C’est l'un\" %}{% translate 'Deux' as label %}"
        "{% blocktranslate trimmed with name=x.y %}\n  Bonjour\n  {{ name }}\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} an{% plural %}{{ n }} ans{% endblocktranslate %}"
        '{% translate "mai" context "mois" %}'
    )

    assert marked_in_template(source) == {"C’est l'un", "Deux", "Bonjour %(name)s", "%(n)s an", "mai"}


def test_a_sentence_of_each_kind_of_source_is_found():
    marked = marked_in_sources()

    assert marked["Indiquez votre adresse électronique."] == "accounts/forms/fields.py"
    assert marked["Plan du site"].startswith("templates/")


def test_no_translation_forgets_or_invents_a_placeholder():
    assert misquoting(ENGLISH.read_text(encoding="utf-8")) == []


def test_no_break_spaces_are_written_as_themselves():
    """GNU gettext does not read the escapes of Python: such a sentence would never find its translation."""
    written = {entry.msgid for entry in entries(ENGLISH.read_text(encoding="utf-8"))}

    assert [sentence for sentence in written if "\\" in sentence.replace("\\n", "")] == []


def test_everything_is_said_in_english():
    assert untranslated(ENGLISH.read_text(encoding="utf-8"), marked_in_sources()) == {}
