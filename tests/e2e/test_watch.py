"""The guard itself: it sees what it is there to see."""

import pytest

from tests.e2e.looks import axe, sticking_out

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(stage):
    visitor = stage.person()
    visitor.go("/a-propos/")
    return visitor


@pytest.mark.parametrize(
    ("script", "event", "words"),
    [
        (
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">a</p>')",
            "console",
            "style",
        ),
        ("console.error('panne')", "console", "panne"),
        ("setTimeout(() => { throw new Error('panne'); })", "pageerror", "panne"),
        ("fetch('/nulle-part/').catch(() => {})", "response", "404"),
    ],
    ids=["inline-style", "console", "exception", "missing"],
)
def test_faults_of_a_page_are_seen(visitor, script, event, words):
    with visitor.page.expect_event(event):
        visitor.page.evaluate(f"() => {{ {script}; }}")
    visitor.page.evaluate("0")  # lets the listeners of the whole context be told too

    faults, visitor.watch.faults = visitor.watch.faults, []
    assert [fault for fault in faults if words in fault]


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
