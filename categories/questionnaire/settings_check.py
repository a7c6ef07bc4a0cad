"""Whether the settings of one question can be: choices, bounds, purpose, source."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from categories.questionnaire.enums import WITH_CHOICES, QuestionKind
from categories.questionnaire.fields import LONG_MAX, NUMBER_LIMIT, SHORT_MAX
from categories.questionnaire.known import PURPOSES, is_source
from teledemande.text import visible_text

MAX_CHOICES, MAX_CHOICE, MAX_ITEMS = 200, 200, 20
_DECIMALS = 4
_LENGTHS = {QuestionKind.SHORT_TEXT: SHORT_MAX, QuestionKind.LONG_TEXT: LONG_MAX}


def of_question(question, offered):
    """Yield a sentence for each setting of `question` that cannot be; `offered` as in `lists.offered_by`."""
    if question.kind in WITH_CHOICES:
        yield from _choices(question, offered)
    if question.kind == QuestionKind.NUMBER:
        yield from _bounds(question)
    if question.kind in _LENGTHS and question.max_length is not None:
        yield from _length(question)
    if question.kind == QuestionKind.BLOCK and not 1 <= question.max_items <= MAX_ITEMS:
        yield _("Un bloc se répète de 1 à %(count)d fois.") % {"count": MAX_ITEMS}
    if question.autocomplete and question.autocomplete not in PURPOSES:
        yield _("L’usage du champ (« autocomplete ») n’est pas connu des navigateurs.")
    if question.prefill and not is_source(question.prefill):
        yield _("La donnée qui préremplit cette question n’est pas connue.")


def _choices(question, offered):
    if question.choices_from:
        if not offered.get(question.choices_from):
            yield _("La liste de réponses « %(name)s » n’existe pas ou est vide.") % {
                "name": question.choices_from
            }
        return
    if not question.choices:
        yield _("Aucune réponse n’est proposée.")
    if len(question.choices) > MAX_CHOICES:
        yield _("Plus de %(count)d réponses sont proposées.") % {"count": MAX_CHOICES}
    if not all(map(_is_choice, question.choices)):
        yield _("Une réponse proposée est vide, trop longue, ou ne tient pas sur une ligne.")
    if len({one.casefold() for one in question.choices}) < len(question.choices):
        yield _("La même réponse est proposée deux fois.")


def _is_choice(text):
    # A browser sends a choice back trimmed of its line ends: it would no longer be the one offered.
    return 0 < len(text) <= MAX_CHOICE and text == " ".join(visible_text(text).split())


def _bounds(question):
    low, high = read_bound(question.minimum), read_bound(question.maximum)
    if (question.minimum and low is None) or (question.maximum and high is None):
        yield _("Le minimum et le maximum sont des nombres, à %(count)d décimales au plus.") % {
            "count": _DECIMALS
        }
    elif low is not None and high is not None and low > high:
        yield _("Le minimum est plus grand que le maximum.")


def read_bound(text):
    """Return the bound written `text`, or None when it is no number a question may have."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) > NUMBER_LIMIT:
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= -_DECIMALS else None


def _length(question):
    limit = _LENGTHS[question.kind]
    if not 1 <= question.max_length <= limit:
        yield _("La longueur d’une réponse va de 1 à %(count)d caractères.") % {"count": limit}
