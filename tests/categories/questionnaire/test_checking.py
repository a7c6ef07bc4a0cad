"""Each fault that keeps a form from being published, by its sentence."""

from dataclasses import replace

import pytest
import yaml

from categories.management.commands.load_themes import SHIPPED
from categories.questionnaire.checking import MAX_INTRO, Fault, faults
from categories.questionnaire.definition import Condition, Definition, Piece, read_definition
from categories.questionnaire.enums import YES, Operator, Requirement
from categories.questionnaire.loading import definition_of
from tests.categories.questionnaire.strategies import question

OFFERED = {"components": ["Droit", "Sciences"], "vide": []}
BOURSIER = question("boursier", "yes_no")
NIVEAU = question("niveau", "choice", choices=("Licence", "Master"))
SEUL = question("seul", "several", choices=("Oui",))


def sentences(*questions, pieces=(), **options):
    """Return what is wrong with a form, as (place, sentence)."""
    form = Definition(tuple(questions), tuple(pieces), **options)
    return [(fault.place, fault.sentence) for fault in faults(form, OFFERED, {"m1"})]


def when(name, value=YES, operator=Operator.IS):
    return Condition(name, operator, value)


def block(*inner, name="enfants", **options):
    return question(name, "block", questions=inner, **options)


def test_sound_form_has_no_fault():
    questions = (
        question("titre", "heading"),
        BOURSIER,
        question("echelon", "choice", choices=("0", "1"), condition=when("boursier"), is_required=True),
        question("composante", "choice", choices_from="components"),
        question("somme", "number", minimum="0", maximum="1000.50"),
        block(
            question("prenom", is_required=True, autocomplete="given-name"),
            question("scolarise", "yes_no"),
            question("ecole", condition=when("scolarise")),
            question("aide", condition=when("boursier")),
            is_required=True,
        ),
        question("ine", "ine", prefill="supannCodeINE"),
        question("nom", prefill="profile.last_name"),
        question("message", "long_text", is_required=True, max_length=5000),
    )
    piece = Piece(
        "avis", "Avis", Requirement.LAW, "CRPA", accepted=("pdf",), model="m1", condition=when("boursier")
    )

    assert sentences(*questions, pieces=[piece], message="message", intro="Bonjour.") == []


def test_every_shipped_form_can_be_published():
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    offered = {name: ["une"] for name in ("components", "doctoral_schools", "academic_years")}

    def leaves(nodes):
        for node in nodes:
            yield from leaves(node["children"]) if node.get("children") else [node]

    themes = list(leaves(document["themes"]))
    assert len(themes) == 69
    found = {one["slug"]: faults(read_definition(definition_of(one)), offered) for one in themes}
    assert {slug: wrong for slug, wrong in found.items() if wrong} == {}


ONE_FAULT = {
    "name twice": (
        [question("a", label="Date"), question("a", "number", label="Somme")],
        "« Somme » a le même nom qu’une autre : retirez l’une des deux.",
    ),
    "name twice, once in a block": (
        [question("a"), block(question("a", label="Dedans"))],
        "« Dedans » a le même nom qu’une autre : retirez l’une des deux.",
    ),
    "label twice": (
        [
            question("nom", label="Nom"),
            question("titre", "heading"),
            question("a", label="Nom"),
            question("b", label="nom"),
        ],
        "« nom » est déjà demandé au même endroit : changez l’un des deux intitulés.",
    ),
    "label twice in a block": (
        [question("nom", label="Nom"), block(question("a", label="Nom"), question("b", label="Nom"))],
        "« Nom » est déjà demandé au même endroit : changez l’un des deux intitulés.",
    ),
    "bad name": (
        [question("É t", label="x")],
        "Le nom « É t » ne convient pas : lettres sans accent, chiffres et « _ » seulement.",
    ),
    "no label": ([question("a", label="")], "L’intitulé est vide, ou ne tient pas sur une ligne."),
    "blank label": ([question("a", label="  ")], "L’intitulé est vide, ou ne tient pas sur une ligne."),
    "long label": ([question("a", label="x" * 301)], "L’intitulé dépasse 300 caractères."),
    "long help": ([question("a", help="x" * 1001)], "L’aide dépasse 1000 caractères."),
    "unknown question": (
        [question("a", condition=when("rien"))],
        "La question dont elle dépend n’existe pas.",
    ),
    "later question": (
        [question("a", condition=when("boursier")), BOURSIER],
        "La question dont elle dépend est posée plus loin.",
    ),
    "itself": ([question("a", "yes_no", condition=when("a"))], "Elle dépend d’elle-même."),
    "another block": (
        [block(question("dans", "yes_no")), question("a", condition=when("dans"))],
        "La question dont elle dépend est dans un autre bloc répété.",
    ),
    "cannot control": (
        [question("mots"), question("a", condition=when("mots", "x"))],
        "La question dont elle dépend n’est pas un choix, plusieurs choix ou « oui ou non ».",
    ),
    "its own block": (
        [block(question("a", condition=when("enfants")))],
        "La question dont elle dépend n’est pas un choix, plusieurs choix ou « oui ou non ».",
    ),
    "never offered": (
        [NIVEAU, question("a", condition=when("niveau", "Doctorat"))],
        "Elle attend une réponse qui n’est jamais proposée.",
    ),
    "not the only choice": (
        [SEUL, question("a", condition=when("seul", "Oui", Operator.IS_NOT))],
        "Elle attend une autre réponse que la seule proposée.",
    ),
    "required and never asked": (
        [NIVEAU, question("a", is_required=True, condition=when("niveau", "Doctorat"))],
        "Elle attend une réponse qui n’est jamais proposée. Elle est obligatoire et ne serait jamais "
        "demandée.",
    ),
    "no choice": ([question("a", "choice")], "Aucune réponse n’est proposée."),
    "empty choice": (
        [question("a", "choice", choices=("x", ""))],
        "Une réponse proposée est vide, trop longue, ou ne tient pas sur une ligne.",
    ),
    "choice on two lines": (
        [question("a", "several", choices=("x", "y\nz"))],
        "Une réponse proposée est vide, trop longue, ou ne tient pas sur une ligne.",
    ),
    "choice twice": (
        [question("a", "several", choices=("Oui", "oui"))],
        "La même réponse est proposée deux fois.",
    ),
    "too many choices": (
        [question("a", "choice", choices=tuple(map(str, range(201))))],
        "Plus de 200 réponses sont proposées.",
    ),
    "no such list": (
        [question("a", "choice", choices_from="planetes")],
        "La liste de réponses « planetes » n’existe pas ou est vide.",
    ),
    "empty list": (
        [question("a", "choice", choices_from="vide")],
        "La liste de réponses « vide » n’existe pas ou est vide.",
    ),
    "minimum over maximum": (
        [question("a", "number", minimum="3", maximum="2")],
        "Le minimum est plus grand que le maximum.",
    ),
    "bound is no number": (
        [question("a", "number", minimum="NaN")],
        "Le minimum et le maximum sont des nombres, à 4 décimales au plus.",
    ),
    "length": (
        [question("a", max_length=0)],
        "La longueur d’une réponse va de 1 à 250 caractères.",
    ),
    "empty block": ([block()], "Ce bloc répété ne contient aucune question."),
    "block in a block": (
        [block(block(question("a"), name="dedans"))],
        "Un bloc répété n’en contient pas un autre.",
    ),
    "required block one may leave blank": (
        [block(question("a"), is_required=True)],
        "Ce bloc est obligatoire : l’une de ses questions est obligatoire et toujours posée.",
    ),
    "questions without a block": (
        [question("a", "number", questions=(question("b"),))],
        "Seul un bloc répété contient des questions.",
    ),
    "block too long": ([block(question("a"), max_items=21)], "Un bloc se répète de 1 à 20 fois."),
    "unknown source": (
        [question("a", prefill="supannRefId")],
        "La donnée qui préremplit cette question n’est pas connue.",
    ),
    "secret source": (
        [question("a", prefill="profile.password")],
        "La donnée qui préremplit cette question n’est pas connue.",
    ),
    "unknown purpose": (
        [question("a", autocomplete="shoe-size")],
        "L’usage du champ (« autocomplete ») n’est pas connu des navigateurs.",
    ),
}


@pytest.mark.parametrize(("questions", "sentence"), ONE_FAULT.values(), ids=list(ONE_FAULT))
def test_question_that_cannot_be_is_said(questions, sentence):
    assert [words for _place, words in sentences(*questions)] == [sentence]


def test_chain_is_said_along_its_whole_length():
    chain = [
        NIVEAU,
        question("a", "yes_no", condition=when("niveau", "Doctorat")),
        question("b", "yes_no", condition=when("a")),
        question("c", condition=when("b")),
    ]

    assert sentences(*chain) == [
        ("question:a", "Elle attend une réponse qui n’est jamais proposée."),
        ("question:b", "La question dont elle dépend n’est elle-même jamais posée."),
        ("question:c", "La question dont elle dépend n’est elle-même jamais posée."),
    ]


def test_question_without_answer_controls_nothing():
    assert sentences(
        question("a", "choice", choices_from="vide"),
        question("b", condition=when("a", operator=Operator.ANSWERED)),
    )[-1] == ("question:b", "La question dont elle dépend n’offre aucune réponse.")


PIECES = {
    "law without its text": (
        {"requirement": Requirement.LAW},
        "Cette pièce est exigée par un texte : indiquez lequel.",
    ),
    "file type": ({"accepted": ("exe",)}, "Un type de fichier de cette pièce n’est accepté nulle part."),
    "model gone": ({"model": "m2"}, "Le modèle à télécharger n’existe plus : choisissez-en un autre."),
    "exemption": (
        {"exemption": "a\nb"},
        "La raison de ne pas fournir cette pièce ne tient pas sur une ligne.",
    ),
    "in a block": (
        {"condition": when("dans")},
        "La question dont elle dépend est dans un autre bloc répété.",
    ),
    "law and never asked": (
        {"requirement": Requirement.LAW, "legal_basis": "CRPA", "condition": when("rien")},
        "La question dont elle dépend n’existe pas. Elle est obligatoire et ne serait jamais demandée.",
    ),
}


@pytest.mark.parametrize(("options", "sentence"), PIECES.values(), ids=list(PIECES))
def test_piece_that_cannot_be_is_said(options, sentence):
    piece = replace(Piece("p", "Pièce"), **options)

    assert sentences(block(question("dans", "yes_no")), pieces=[piece]) == [("piece:p", sentence)]


def test_same_words_may_ask_for_one_thing_or_the_other():
    questions = [
        BOURSIER,
        *(question(f"motif_{one}", label="Motif", condition=when("boursier", one)) for one in ("oui", "non")),
    ]
    pieces = [Piece("a", "Avis"), Piece("b", "Avis", condition=when("boursier")), Piece("c", "avis")]

    assert [place for place, _words in sentences(*questions, pieces=pieces)] == ["piece:c"]


def test_pieces_have_names_of_their_own():
    twice = [Piece("p", "Une"), Piece("p", "Deux")]

    assert sentences(question("p"), pieces=twice) == [
        ("piece:p", "« Deux » a le même nom qu’une autre : retirez l’une des deux.")
    ]


MESSAGE = (
    "Le texte de la demande est la réponse à une question de texte long, posée hors d’un bloc et sans "
    "condition : choisissez-en une autre."
)


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [question("m", "short_text")],
        [BOURSIER, question("m", "long_text", condition=when("boursier"))],
        [block(question("m", "long_text"))],
    ],
    ids=["nothing", "short", "conditional", "in a block"],
)
def test_words_of_the_request_are_one_long_answer_always_asked(questions):
    assert sentences(*questions, message="m") == [("introduction", MESSAGE)]


def test_words_of_the_request_are_no_sensitive_answer():
    assert sentences(question("m", "long_text", is_sensitive=True), message="m") == [
        (
            "introduction",
            "Le texte de la demande part dans les courriels et se retrouve par la recherche : une question "
            "sensible ne peut pas l’être.",
        )
    ]


def test_over_large_forms_are_refused():
    many = [question(f"q{rank}") for rank in range(401)]
    pieces = [Piece(f"p{rank}", f"Pièce {rank}") for rank in range(41)]

    assert faults(Definition(tuple(many), tuple(pieces), intro="x" * (MAX_INTRO + 1)), {}) == [
        Fault("form", "Ce formulaire a plus de 400 questions."),
        Fault("form", "Ce formulaire demande plus de 40 pièces."),
        Fault("introduction", "L’introduction dépasse 5000 caractères."),
    ]
