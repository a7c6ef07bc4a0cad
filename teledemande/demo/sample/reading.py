"""Read the data of the sample into small dataclasses.

A scenario is one request: `ago` days before the day of loading, at the hour `at`, `by` files it under
`theme`; each of its `steps` is a move, `after` days after the one before. `ends` is the status it must
reach. A draft is the same without its steps. People are named by their CAS login or their address.

What the form of the theme asks: `answers`, by the names of its questions, as typed; `pieces`, name → file of
the sample; `absent`, name → why it is not joined; `known`, those the university has; `for`, whose request it
is (`whom` and the rest of tickets/forms/beneficiary.py), herself by default.
"""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

import yaml

from teledemande.demo import personas

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration; `address` holds line 1, line 2, postal code, city, country.

    `profile` holds what else she says of herself, by the names of the fields of a person.
    """

    login: str
    first_name: str
    last_name: str
    email: str
    is_cas: bool
    role: str = "requester"
    themes: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    capacity: str = ""
    address: tuple[str, ...] = ()
    password: str | None = None
    profile: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Writing:
    """A request as it is typed in the form of `theme`."""

    slug: str
    theme: str
    by: str
    ago: int
    at: time
    subject: str
    message: str = ""
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    pieces: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    whose: dict[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def all_files(self) -> list[str]:
        """The names of the files joined, those of pieces and the others."""
        return [*self.pieces.values(), *self.files]


@dataclass(frozen=True)
class Step:
    """One move of a request, the filing included (`submit`)."""

    by: str
    move: str
    after: int
    at: time
    text: str = ""
    outcome: str = ""
    to: str = ""
    until: int = 0  # days after the move, for a recall or to send what is missing
    items: tuple[str, ...] = ()  # what a text requires, all of it indispensable
    legal_basis: str = ""
    into: str = ""  # the request another one is joined to
    administration: str = ""
    contact: str = ""
    email: str = ""  # of somebody invited
    minutes: int | None = None  # the time spent
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """One request, from its filing to the status `ends`. `filing` is the step that says by whom and when."""

    slug: str
    theme: str
    ago: int
    ends: str
    written: Writing
    filing: Step
    moves: tuple[Step, ...] = field(default=())


def read_people() -> list[Person]:
    """Return everybody, the people of personas.json first."""
    data = _read(HERE / "people.yaml")
    played = [_persona(one, data) for one in personas.personas()]
    played += [_outsider(one, data) for one in personas.outsiders()]
    return played + [_member(entry) for entry in data["members"]] + [_local(e) for e in data["outsiders"]]


def read_scenarios() -> list[Scenario]:
    """Return the requests, oldest first: their references follow their dates."""
    scenarios = [_scenario(entry) for path in (HERE / "scenarios").glob("*.yaml") for entry in _read(path)]
    return sorted(scenarios, key=lambda scenario: (-scenario.ago, scenario.filing.at))


def read_drafts() -> list[Writing]:
    """Return what is being written and not filed yet."""
    return [_writing(entry) for entry in _read(HERE / "drafts.yaml")]


def read_opinions() -> dict[str, dict[str, int]]:
    """Return what readers said of answers: slug of the question → kind of opinion → how many."""
    return _read(HERE / "opinions.yaml")


def read_canned() -> list[dict[str, str]]:
    """Return the canned answers: author, scope, title, text, and the theme of those of a theme."""
    return _read(HERE / "canned.yaml")


def read_desk() -> dict[str, list[dict[str, Any]]]:
    """Return what staff keep for themselves: views, requests followed and marked, absences."""
    return _read(HERE / "desk.yaml")


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 -- a safe loader, in C


# --- people -------------------------------------------------------------------------------------------


def _persona(one: personas.Persona, data: dict) -> Person:
    return Person(
        login=one.uid,
        first_name=one.first_name,
        last_name=one.last_name,
        email=one.email,
        is_cas=True,
        role=one.role,
        themes=one.themes,
        affiliations=tuple(one.attributes["eduPersonAffiliation"]),
        capacity=data["capacities"].get(one.uid, ""),
        address=tuple(data["addresses"].get(one.uid, ())),
    )


def _outsider(one: personas.Outsider, data: dict) -> Person:
    return Person(
        login=one.email,
        first_name=one.first_name,
        last_name=one.last_name,
        email=one.email,
        is_cas=False,
        address=tuple(data["addresses"].get(one.email, ())),
        password=one.password,
    )


def _member(entry: dict) -> Person:
    themes = tuple(entry.get("themes", ()))
    return Person(
        login=entry["login"],
        first_name=entry["first_name"],
        last_name=entry["last_name"],
        email=f"{entry['login']}@example.org",
        is_cas=True,
        role="handler" if themes else "requester",
        themes=themes,
        affiliations=tuple(entry["affiliations"]),
        capacity=entry.get("capacity", ""),
        address=tuple(entry.get("address", ())),
    )


def _local(entry: dict) -> Person:
    return Person(
        login=entry["login"],
        first_name=entry["first_name"],
        last_name=entry["last_name"],
        email=entry["login"],
        is_cas=False,
        address=tuple(entry["address"]),
        profile=entry.get("profile", {}),
    )


# --- requests -----------------------------------------------------------------------------------------


def _scenario(entry: dict) -> Scenario:
    return Scenario(
        slug=entry["slug"],
        theme=entry["theme"],
        ago=entry["ago"],
        ends=entry["ends"],
        written=_writing(entry),
        filing=_step({"by": entry["by"], "move": "submit", "after": 0, "at": entry["at"]}),
        moves=tuple(_step(step) for step in entry.get("steps", ())),
    )


def _writing(entry: dict) -> Writing:
    return Writing(
        slug=entry["slug"],
        theme=entry["theme"],
        by=entry["by"],
        ago=entry["ago"],
        at=time.fromisoformat(entry["at"]),
        subject=entry["subject"],
        message=entry.get("message", "").strip(),
        answers=entry.get("answers", {}),
        pieces=entry.get("pieces", {}),
        absent=entry.get("absent", {}),
        known=tuple(entry.get("known", ())),
        whose=entry.get("for", {}),
        files=tuple(entry.get("files", ())),
    )


def _step(entry: dict) -> Step:
    return Step(
        by=entry["by"],
        move=entry["move"],
        after=entry["after"],
        at=time.fromisoformat(entry["at"]),
        text=entry.get("text", "").strip(),
        outcome=entry.get("outcome", ""),
        to=entry.get("to", ""),
        until=entry.get("until", 0),
        items=tuple(entry.get("items", ())),
        legal_basis=entry.get("legal_basis", ""),
        into=entry.get("into", ""),
        administration=entry.get("administration", ""),
        contact=entry.get("contact", ""),
        email=entry.get("email", ""),
        minutes=entry.get("minutes"),
        files=tuple(entry.get("files", ())),
    )
