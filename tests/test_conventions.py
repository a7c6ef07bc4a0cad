"""House rules that a machine can read. A rule repeated twice in review comes here."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BaseConstraint
from django.template import engines
from django.urls import URLPattern, get_resolver
from django.utils.translation import override

from tests.catalogue import marked_in_sources
from tickets.lifecycle.enums import Status
from tickets.lifecycle.transitions import TRANSITIONS, past_label

ROOT = Path(__file__).resolve().parent.parent
OURS = ("accounts", "categories", "notifications", "teledemande", "tickets")
TEMPLATES = ROOT / "templates"


def tracked():
    """Return the files of the repository, those about to enter it included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


FILES = tracked()
SOURCES = [
    path
    for path in FILES
    if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in OURS and "migrations" not in path.parts
]
PAGES = [path for path in FILES if path.is_relative_to(TEMPLATES)]


def name(path):
    return str(path.relative_to(ROOT))


def rooms(path):
    """Return the folders a module stands in, and its own name."""
    return {*path.relative_to(ROOT).with_suffix("").parts}


def faulty(paths, check):
    """Return what `check` finds in each file, by name; an empty dictionary when all is well."""
    return {name(path): faults for path in paths if (faults := check(path))}


def calls(path):
    """Return the calls of a module, with the text of what is called."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(node, ast.unparse(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call)]


# --- code ------------------------------------------------------------------------------------------------
ROOMS_THAT_DO_NOT_WRITE = {"views", "forms", "admin", "tasks"}
WRITES = (
    ".save",
    ".delete",
    ".objects.create",
    ".bulk_create",
    ".bulk_update",
    ".get_or_create",
    ".update_or_create",
)


def test_views_forms_admin_and_tasks_write_nothing():
    paths = [path for path in SOURCES if ROOMS_THAT_DO_NOT_WRITE & rooms(path)]

    def writes(path):
        return [
            f"{called}, line {node.lineno}"
            for node, called in calls(path)
            if called.endswith(WRITES) and not called.startswith("super().")
        ]

    assert paths
    assert faulty(paths, writes) == {}


def test_locks_name_their_table_and_spare_keys():
    wanted = {"of": "('self',)", "no_key": "True"}  # and `skip_locked`, for those who take what is free

    def careless(path):
        locks = [node for node, called in calls(path) if called.endswith(".select_for_update")]
        given = [{word.arg: ast.unparse(word.value) for word in lock.keywords} for lock in locks]
        return [options for options in given if not wanted.items() <= options.items()]

    assert faulty(SOURCES, careless) == {}


def test_clock_is_aware():
    def naive(path):
        return [called for _node, called in calls(path) if called in ("datetime.now", "datetime.today")]

    assert faulty(SOURCES, naive) == {}


def test_no_module_is_long():
    tests = [path for path in FILES if path.suffix == ".py" and path.is_relative_to(ROOT / "tests")]

    assert faulty(SOURCES, lambda path: max(0, lines(path) - 400)) == {}
    assert faulty(tests, lambda path: max(0, lines(path) - 450)) == {}


INNER_ROOMS = {"services", "querysets", "outbox", "deadlines", "attachments", "files", "search", "lifecycle"}


def undocumented(path):
    """Return the public functions and methods of a module that say nothing of themselves."""
    outer = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    inner = [node for thing in outer if isinstance(thing, ast.ClassDef) for node in thing.body]
    named = [*outer, *(node for node in inner if isinstance(node, ast.FunctionDef))]
    return [node.name for node in named if not node.name.startswith("_") and not ast.get_docstring(node)]


def test_public_names_of_the_inner_rooms_are_documented():
    paths = [path for path in SOURCES if INNER_ROOMS & rooms(path)]

    assert paths
    assert faulty(paths, undocumented) == {}


# --- sentences -------------------------------------------------------------------------------------------
# Double signs keep to the word before them, as French typography wants; « cas: » quotes what is stored.
_LOOSE_SIGN = re.compile(r"(?<=[^\s:;!?]) (?=[;:!?»](?:[\s<.,)…\"]|$))|(?<=«) ")
_QUOTES_WHAT_IS_STORED = {"Une identité commence par « cas: » ou « mail: »."}


def test_french_signs_stay_with_their_word():
    loose = {sentence for sentence in marked_in_sources() if _LOOSE_SIGN.search(sentence)}

    assert loose == _QUOTES_WHAT_IS_STORED


# --- models ----------------------------------------------------------------------------------------------
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
NAMED_ELSEWHERE = {"id", "password", "last_login", "is_superuser", "parent"}
ACRONYMS = re.compile("SHA-256|HTML|CAS|SMTP|CSV|URL|PDF")


def test_names_of_models_and_fields_are_lower_case():
    capitals = {}
    for model in MODELS:
        options = model._meta
        fields = [field for field in options.local_fields if field.name not in NAMED_ELSEWHERE]
        labels = [
            options.verbose_name,
            options.verbose_name_plural,
            *(field.verbose_name for field in fields),
        ]
        with override("fr"):
            plain = [ACRONYMS.sub("", str(label)) for label in labels]
        capitals[options.label] = [label for label in plain if label != label.lower()]

    assert {label: found for label, found in capitals.items() if found} == {}


def test_constraints_say_why_in_french():
    by_default = BaseConstraint.default_violation_error_message
    constraints = [constraint for model in MODELS for constraint in model._meta.constraints]

    assert constraints
    assert [c.name for c in constraints if c.violation_error_message == by_default] == []


def test_lists_end_with_a_unique_key():
    last = {model._meta.label: model._meta.ordering[-1] for model in MODELS if model._meta.ordering}

    assert {label: key for label, key in last.items() if key.lstrip("-") not in ("pk", "id")} == {}


# --- moves -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("move", TRANSITIONS.values(), ids=list(TRANSITIONS))
def test_move_has_its_words(move):
    assert all(str(words).strip() for words in (move.label, move.past, move.done))
    assert past_label(move.name) == move.past
    assert bool(move.prompt) == any("message" in ask for ask in move.asks)
    assert set(move.sources) <= set(Status)


# --- templates -------------------------------------------------------------------------------------------
def text(path):
    return path.read_text(encoding="utf-8")


def lines(path):
    return text(path).count("\n")


def test_templates_compile():
    for path in PAGES:
        engines["django"].get_template(str(path.relative_to(TEMPLATES)))


def test_templates_are_short():
    assert faulty(PAGES, lambda path: max(0, lines(path) - 119)) == {}


INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=|href=.javascript:|<script(?![^>]*(?:\ssrc=|application/json))", re.I
)


def test_templates_have_nothing_inline():
    """Mails apart: their readers know nothing but inline style."""
    pages = [path for path in PAGES if path.suffix == ".html" and "notifications" not in path.parts]

    assert pages
    assert faulty(pages, lambda path: INLINE.findall(text(path))) == {}


def test_posted_forms_carry_their_token():
    posted = re.compile(r"<form\b[^>]*method=.post.*?</form>", re.DOTALL | re.IGNORECASE)

    def bare(path):
        return [form[:80] for form in posted.findall(text(path)) if "csrf_token" not in form]

    assert faulty(PAGES, bare) == {}


def test_templates_load_one_library_a_line_in_order():
    def disorder(path):
        loads = re.findall(r"{% load ([^%]+?) %}", text(path))
        return loads if loads != sorted({word for load in loads for word in load.split()}) else []

    assert faulty(PAGES, disorder) == {}


def test_every_template_is_used():
    sources = {path: text(path) for path in (*SOURCES, *PAGES)}
    named_by_django = re.compile(r"\d{3}\.html|(?:admin|django|crispy|bootstrap5)/.*")

    def is_used(path):
        short = str(path.relative_to(TEMPLATES))
        return named_by_django.fullmatch(short) or any(
            cites(source, short) for other, source in sources.items() if other != path
        )

    assert {name(path) for path in PAGES if not is_used(path)} == set()


def cites(source, short):
    """Whether `source` names the template, or what its name is made of: a mail's folder, a page's name."""
    folder, _slash, last = short.rpartition("/")
    stem = last.partition(".")[0]
    is_mail = folder.startswith("notifications/") and last in ("subject.txt", "body.txt", "body.html")
    made_of = folder.rpartition("/")[2] if is_mail else stem if folder == "pages" else None
    return short in source or (made_of is not None and f'"{made_of}"' in source)


# --- addresses -------------------------------------------------------------------------------------------
def patterns(resolver, prefix=""):
    """Return the addresses of the service as they are written, those of the stock admin left out."""
    for item in resolver.url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield path, item.callback
        elif item.app_name != "admin":
            yield from patterns(item, path)


def test_addresses_are_plain():
    address = re.compile(r"(?:[a-z0-9-]+/|<[^>]+>/)*(?:[a-z0-9-]+\.[a-z]+)?")

    assert [path for path, _view in patterns(get_resolver()) if not address.fullmatch(path)] == []


# --- repository ------------------------------------------------------------------------------------------
BINARY = {".pdf", ".jpg", ".png", ".odt", ".woff2", ".ico"}
FORBIDDEN = {
    "registry": re.compile("pypi" + r"\.org|files\.python" + "hosted|npm" + "js|--index" + "-url", re.I),
    "machine": re.compile("/" + r"work/|/home/\w+/|/ro" + "ot/", re.I),
    "secret": re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY|ghp" + "_[A-Za-z0-9]{20}|AKIA" + "[A-Z0-9]{12}"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_repository_names_no_registry_no_machine_and_no_secret(what):
    texts = [path for path in FILES if path.suffix not in BINARY]

    assert faulty(texts, lambda path: FORBIDDEN[what].findall(path.read_text(errors="replace"))) == {}


def test_scripts_are_short_modules():
    modules = [path for path in FILES if path.suffix == ".js"]

    assert faulty(modules, lambda path: max(0, lines(path) - 60)) == {}
    assert faulty(modules, lambda path: re.findall(r"^\s*var |\.innerHTML|\beval\(", text(path), re.M)) == {}


def test_style_sheets_keep_to_classes():
    sheets = [path for path in FILES if path.suffix == ".css"]

    assert (
        faulty(sheets, lambda path: re.findall(r"!important|^\s*#[a-z][\w-]* *[{,]", text(path), re.M)) == {}
    )
