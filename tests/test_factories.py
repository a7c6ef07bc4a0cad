"""The stage itself: every status is reached by real moves, and the session refuses what it should."""

import pytest
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.template import engines

from accounts.models import User
from tests.factories import PATHS, ticket_in
from tests.strictness import NoSuchVariable, UndefinedVariable, faults_of


@pytest.mark.parametrize("status", [str(status) for status in PATHS])
def test_ticket_in_reaches_the_status(db, status):
    ticket = ticket_in(status)

    assert ticket.status == status


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ('<p onclick="x()">a</p>', ["inline handler onclick: <p> line 1"]),
        ('<p style="color: red">a</p>', ["inline style: <p> line 1"]),
        ("<style>p {}</style>", ["inline style: <style> line 1"]),
        ("<script>x()</script>", ["inline script: <script> line 1"]),
        ('<script src="/a.js"></script><script type="application/json">{}</script>', []),
        ('<a href=" JavaScript:x()">a</a>', ["script in an address: <a> line 1"]),
        ("<p>{{ ticket.subject }}</p>", ["unrendered template: {{ ticket.subject }}"]),
        ("<p>{% if %}</p>", ["unrendered template: {% if %}"]),
        ('<form method="post"><button>a</button></form>', ["form without a CSRF token, ending line 1"]),
        ('<form method="post"><input name="csrfmiddlewaretoken"></form><form></form>', []),
        ('<p id="a"></p><p id="a"></p>', ["id used twice, a: <p> line 1"]),
    ],
)
def test_faults_of_a_page(html, faults):
    assert faults_of(html) == faults


def test_pagination_of_an_unordered_queryset_fails(db):
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(User.objects.all(), 10).page(1)


@pytest.fixture
def own_template():
    """Return a function that makes a template of ours, though it is in no file."""

    def make(text):
        template = engines["django"].from_string(text)
        for node in template.template.nodelist.get_nodes_by_type(object):
            node.origin = type(node.origin)(name=__file__)
        return template

    return make


@pytest.mark.parametrize("text", ["{{ absent }}", "{{ person.absent }}", "{{ absent|upper }}"])
def test_undefined_variable_of_our_templates_fails(own_template, text):
    template = own_template(text)

    with pytest.raises(UndefinedVariable):
        template.render({"person": object()})


@pytest.mark.parametrize("text", ["{{ absent|default:'rien' }}", "{% if absent %}{% else %}rien{% endif %}"])
def test_variable_said_to_be_optional_may_be_absent(own_template, text):
    assert own_template(text).render({}) == "rien"


def test_undefined_variable_of_a_package_is_silent():
    template = engines["django"].from_string("a{{ absent|upper }}b")

    assert template.render({}) == "ab"


def test_string_if_invalid_is_the_strict_one():
    assert isinstance(engines["django"].engine.string_if_invalid, NoSuchVariable)
