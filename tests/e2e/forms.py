"""Themes the browser tests of the form make for themselves: one of each thing, and a very long one."""

COMPLETE = "formulaire-complet"
LONG = "trois-cents-questions"

MAKE = """
from django.utils import timezone
from categories.models import Category, FormVersion, Service
from categories.questionnaire.definition import Condition, Definition, Piece, Question, write_definition
from categories.questionnaire.enums import Operator, QuestionKind as Kind, Requirement

def theme(slug, name, definition):
    like = Category.objects.get(slug="inscription-tardive")
    leaf = Category.objects.filter(slug=slug).first()
    if leaf is None:
        leaf = like
        leaf.pk, leaf.slug, leaf.name = None, slug, name
        leaf._state.adding = True
        leaf.save()
    FormVersion.objects.get_or_create(
        category=leaf, number=1,
        defaults={"definition": write_definition(definition), "published_at": timezone.now()},
    )

paid = Condition("regle", Operator.IS, "oui")
theme("formulaire-complet", "Formulaire complet", Definition(
    questions=(
        Question("regle", Kind.YES_NO, "Avez-vous réglé des droits ?", is_required=True),
        Question("mode", Kind.CHOICE, "Par quel moyen ?", choices=("carte", "virement"), is_required=True,
                 condition=paid),
        Question("iban", Kind.IBAN, "Votre IBAN", is_required=True,
                 condition=Condition("mode", Operator.IS, "virement")),
        Question("titre", Kind.HEADING, "Vos séjours"),
        Question("sejours", Kind.BLOCK, "Séjour", max_items=3, questions=(
            Question("ville", Kind.SHORT_TEXT, "Ville"),
            Question("pays", Kind.YES_NO, "À l’étranger ?"),
            Question("visa", Kind.SHORT_TEXT, "Numéro de visa",
                     condition=Condition("pays", Operator.IS, "oui")),
        )),
        Question("expose", Kind.LONG_TEXT, "Exposé", is_required=True),
    ),
    pieces=(
        Piece("identite", "Pièce d’identité", Requirement.LAW, "arrêté du 1er avril 2026", "Recto et verso."),
        Piece("recu", "Reçu du paiement", condition=paid),
    ),
    message="expose",
))
def question(number):
    kind = Kind.SHORT_TEXT if number % 10 else Kind.YES_NO
    asked = Condition(f"q{number // 10 * 10}", Operator.IS, "oui") if number % 10 else None
    return Question(f"q{number}", kind, f"Question {number}", condition=asked)

theme("trois-cents-questions", "Trois cents questions", Definition(tuple(map(question, range(300)))))
"""


def make_themes(stack):
    """Make the themes on the service of the tests, once."""
    if not getattr(stack, "has_form_themes", False):
        stack.manage("shell", "--verbosity=0", "-c", MAKE)
        stack.has_form_themes = True
