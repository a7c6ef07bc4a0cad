"""The words of requesters that are shipped."""

from pathlib import Path

import yaml

from categories.finder.synonyms import shipped_synonyms, vocabulary
from categories.finder.words import stems_of

THEMES = Path(__file__).resolve().parents[3] / "categories" / "data" / "themes.yaml"


def _leaves(nodes):
    for node in nodes:
        yield from _leaves(node["children"]) if node.get("children") else [node["slug"]]


def test_every_shipped_theme_and_no_other_has_expressions():
    themes = yaml.safe_load(THEMES.read_text(encoding="utf-8"))["themes"]
    found = shipped_synonyms()

    assert sorted(found) == sorted(_leaves(themes))
    assert {slug: len(words) for slug, words in found.items() if len(words) < 8} == {}
    assert [slug for slug, words in found.items() if len(words) != len(set(words))] == []


def test_expressions_are_words_and_say_something():
    said = [(slug, one) for slug, words in shipped_synonyms().items() for one in words]

    assert [pair for pair in said if not isinstance(pair[1], str)] == []
    assert [pair for pair in said if not vocabulary().terms(stems_of(pair[1]))] == []


def test_who_changes_the_list_given_changes_nothing_for_others():
    shipped_synonyms()["cesure"].append("licorne")

    assert "licorne" not in shipped_synonyms()["cesure"]


def test_words_of_a_group_share_its_name_whole_expressions_included():
    def names(text):
        return {name for _place, _stem, names in vocabulary().terms(stems_of(text)) for name in names}

    assert names("partiel") & names("examen")
    assert names("je ne suis pas d’accord") & names("contester")
    assert not names("accord") & names("contester")
    assert names("frais de fac") & names("droits d'inscription")
