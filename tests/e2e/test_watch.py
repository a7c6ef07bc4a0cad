"""The guard itself: it sees what it is there to see."""

import pytest

from tests.e2e.looks import axe, sticking_out

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(stage):
    visitor = stage.person()
    visitor.go("/a-propos/")
    return visitor


def seen(visitor, words):
    """Return the faults that hold `words`, once the browser has told them (five seconds at most)."""
    for _turn in range(100):
        if found := [fault for fault in visitor.watch.faults if words in fault]:
            return found
        visitor.page.wait_for_timeout(50)
    return []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">a</p>')", "style"),
        ("console.error('panne')", "panne"),
        ("setTimeout(() => { throw new Error('panne'); })", "panne"),
        ("fetch('/nulle-part/').catch(() => {})", "404"),
    ],
    ids=["inline-style", "console", "exception", "missing"],
)
def test_faults_of_a_page_are_seen(visitor, script, words):
    visitor.page.evaluate(f"() => {{ {script}; }}")

    found = seen(visitor, words)

    visitor.watch.faults = []  # wanted, here only
    assert found


def test_axe_sees_an_image_without_words(visitor):
    assert axe(visitor.page) == []

    visitor.page.evaluate("() => document.querySelector('main').append(new Image(10, 10))")

    assert [line for line in axe(visitor.page) if line.startswith("image-alt")]


def test_what_sticks_out_is_seen(visitor):
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    assert sticking_out(visitor.page) == []

    visitor.page.evaluate("() => { document.querySelector('h1').textContent = 'M'.repeat(10); }")
    visitor.page.evaluate("() => { document.querySelector('h1').style.setProperty('width', '900px'); }")

    assert sticking_out(visitor.page)
