"""A page worked with the keyboard alone: what has the focus is found by its words, and is always visible."""

import pytest

MAX_TABS = 80
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return '';
  const label = one.labels?.[0]?.innerText ?? '';
  const words = one.getAttribute('role') === 'region' ? '' : one.innerText ?? '';  // a table that scrolls
  return `${label} ${words} ${one.getAttribute('aria-label') ?? ''}`.trim();
}"""
IS_FOCUS_SHOWN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""


def tab_to(person, words):
    """Press Tab until what has the focus is called `words`; the focus is visible all along."""
    for _ in range(MAX_TABS):
        person.page.keyboard.press("Tab")
        focused = " ".join(person.page.evaluate(FOCUSED).split())
        assert not focused or person.page.evaluate(IS_FOCUS_SHOWN), f"focus invisible : {focused}"
        if words in focused:
            return
    pytest.fail(f"« {words} » n’est pas atteint en {MAX_TABS} tabulations ; à la fin : « {focused} »")


def type_in(person, words, text):
    """Go to the field `words` and type."""
    tab_to(person, words)
    person.page.keyboard.type(text)


def activate(person, words, key="Enter"):
    """Go to `words` and press a key on it."""
    tab_to(person, words)
    person.page.keyboard.press(key)
