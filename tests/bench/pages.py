"""What is measured: each page, its floor, and the goal (design: performance.md)."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

from django.urls import reverse

from accounts.models import User
from categories.roles import people_on
from teledemande.corpus.people import OVERSEER
from tests.bench.load import CONNECTIONS
from tests.bench.people import ALL_READ, KEY, Reader, fillable_form, heavy_file, new_key
from tickets.lifecycle.enums import OPEN
from tickets.models import Ticket, TicketEvent

Script = list[tuple[bytes, tuple[int, bytes]]]
Play = Callable[[int], Iterator[Script]]  # rank of the connection → what it asks, without end
_SAMPLE = 96


@dataclass(frozen=True)
class Page:
    """One line of the table. `goal`: what share of the floor ours must reach, `beside` what it is measured.

    `written` counts what each play leaves, for pages whose answer alone does not prove that they worked.
    """

    name: str
    ours: Play
    floor: Play
    goal: float
    beside: str = "sol"
    written: Callable[[], int] | None = None
    connections: int = CONNECTIONS


def pages() -> list[Page]:
    """Return the pages, asked of the corpus as it is now."""
    draw = Random(1)
    overseer = Reader(User.objects.get(capacity=OVERSEER))
    return [*_requester_pages(draw), *_staff_pages(overseer, draw), _filing(draw), _taking(overseer, draw)]


def _requester_pages(draw: Random) -> list[Page]:
    asked = [(ticket, Reader(ticket.requester)) for ticket in _sample(Ticket.objects.all(), draw, _SAMPLE)]

    def page(prefix):
        return [_got(reader, f"{prefix}/demandes/{one.reference}/", one.reference) for one, reader in asked]

    def dashboard(prefix):
        return [_got(reader, f"{prefix}/demandes/", "TD-") for _one, reader in asked]

    return [
        Page("page d’une demande", _turn(page("")), _turn(page("/sol")), 0.70),
        Page("ses demandes", _turn(dashboard("")), _turn(dashboard("/sol")), 0.70),
    ]


def _staff_pages(overseer: Reader, draw: Random) -> list[Page]:
    listed = [_got(overseer, "/gestion/tickets/ticket/", "TD-")]
    bare = [_got(overseer, "/sol/gestion/", "TD-")]
    tuned = [_got(overseer, "/sol/admin/tickets/ticket/", "TD-")]
    seen = Ticket.objects.staffed_by(overseer.user)
    named = _sample(seen.filter(subject__contains=", dossier D"), draw, 30)
    numbers = [ticket.subject.rpartition(" ")[2] for ticket in named]

    def searches(prefix, words):
        return [_got(overseer, f"{prefix}/recherche/?q={quote(word)}", "TD-") for word in words]

    def search(name, words):
        return Page(name, _turn(searches("", words)), _turn(searches("/sol", words)), 0.50)

    return [
        Page("liste de gestion", _turn(listed), _turn(bare), 0.70),
        Page("liste de gestion", _turn(listed), _turn(tuned), 0.80, "liste Django réglée"),
        search("recherche, mot rare", numbers),
        search("recherche, mot courant", ["bonjour"]),
    ]


def _filing(draw: Random) -> Page:
    people = User.objects.filter(is_staff=False).exclude(tickets=None)
    readers = [Reader(one) for one in _sample(people, draw, CONNECTIONS)]
    category, values = fillable_form(readers[0].user)
    content = heavy_file()

    def ours(rank):
        reader, place = readers[rank % len(readers)], reverse("tickets:write", args=[category.slug])
        while True:
            key = reader.key(new_key())
            confirmed = reader.post(f"{place}verifier/", key=key, terms="on")
            yield [
                (reader.post_file(place, {**values, "key": key}, content), (302, b"verifier")),
                (confirmed, (302, b"/deposee/")),
            ]

    def floor(rank):
        reader = readers[rank % len(readers)]
        while True:
            key = str(new_key())
            place = f"/sol/ecrire/{category.slug}/"
            yield [
                (reader.post_file(place, {**values, KEY: key}, content), (302, b"/sol/deposer/")),
                (reader.post(f"/sol/deposer/{category.slug}/", **{KEY: key}), (302, b"/sol/demandes/")),
            ]

    return Page("déposer avec un fichier de 200 ko", ours, floor, 0.65, written=Ticket.objects.count)


def _taking(overseer: Reader, draw: Random) -> Page:
    # The same requests change hands again and again: what a move costs does not depend on the person.
    known = Ticket.objects.staffed_by(overseer.user).filter(status__in=OPEN)
    tickets = _sample(known, draw, CONNECTIONS)

    def takers(ticket):
        others = people_on(ticket.category_id).exclude(pk__in=(overseer.user.pk, ticket.requester_id))
        pair = [overseer, Reader(others.exclude(pk=ticket.assignee_id).first())]
        # Nobody takes what she has: a corpus measured before may have left it with either.
        return itertools.cycle(reversed(pair) if ticket.assignee_id == overseer.user.pk else pair)

    held = [(ticket, takers(ticket)) for ticket in tickets]

    def ours(rank):
        ticket, turn = held[rank]
        place = f"/gestion/tickets/ticket/{ticket.pk}/prendre-en-charge/?vu={ALL_READ}"
        for reader in turn:
            yield [(reader.post(place, key=reader.key(new_key())), (302, b"/change/"))]

    def floor(rank):
        ticket, turn = held[rank]
        for reader in turn:
            request = reader.post(f"/sol/prendre/{ticket.pk}/", **{KEY: str(new_key())})
            yield [(request, (302, b"/sol/gestion/"))]

    taken = TicketEvent.objects.filter(kind="take")
    # One request a connection: two at once on the same would wait for each other.
    return Page("changer un état", ours, floor, 0.70, written=taken.count, connections=len(held))


def _sample(rows, draw: Random, count: int) -> list:
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    drawn = draw.sample(pks, min(count, len(pks)))
    return list(rows.filter(pk__in=drawn).order_by("pk"))


def _got(reader: Reader, path: str, words: str) -> Script:
    return [(reader.get(path), (200, words.encode()))]


def _turn(scripts: list[Script]) -> Play:
    """Return plays that ask `scripts` in turn, each connection from its own place."""

    def play(rank):
        start = rank * len(scripts) // CONNECTIONS
        return itertools.cycle([*scripts[start:], *scripts[:start]])

    return play
