"""Our own words of each mail, with its variables as editors write them."""

from functools import cache

from django.template import Context, Engine
from django.template.loader_tags import BlockNode
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.rendering import FOLDER
from notifications.wordings.zones import EDITABLE, HEADLINE, REPLACING
from tickets.variables import written

_VARIABLES = {"reference": written("reference"), "assignee": written("gestionnaire")}
# What a sentence of ours says of the request where no variable does.
_BLANKS = (
    *("author", "signature", "outcome", "theme", "service", "recall_day", "approve_day", "former_subject"),
    *(
        "administration",
        "contact",
        "question",
        "question_link",
        "other",
        "legal_basis",
        "deadline",
        "requester",
        "label",
    ),
    *("received_at", "need", "effect"),
)


@cache
def original(message, zone, language):
    """Return what `zone` says of itself in `language`: empty for a zone that only adds."""
    return _read(message, zone, language) if zone in REPLACING and zone in EDITABLE[message].zones else ""


@cache
def fixed(message, block, language):
    """Return our words of `block` of the message, « … » where they tell of the request."""
    return _read(message, block, language)


def _read(message, block, language):
    name = "subject.txt" if block == HEADLINE else "body.txt"
    template = Engine.get_default().get_template(f"{FOLDER}/{message}/{name}")
    with translation.override(language):
        blanks = dict.fromkeys(_BLANKS, "…") | {"items": ["…"], "appeal": ["…"], "details": []}
        step = {"next_step": _("Ce qui est attendu, selon l’état de la demande.")}
        context = Context(
            blanks | step | {"is_sve": True, "is_own_act": False} | _VARIABLES, autoescape=False
        )
        return _render(template, block, context).strip()


def _render(template, block, context):
    if block == HEADLINE:
        return template.render(context)
    found = {node.name: node for node in template.nodelist.get_nodes_by_type(BlockNode)}
    if block not in found:
        return ""
    with context.bind_template(template):
        return found[block].nodelist.render(context)
