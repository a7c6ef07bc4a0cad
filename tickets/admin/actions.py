"""The acts offered on the page of one request: the expected one, the frequent ones, the others in a menu."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tickets import typing_keys
from tickets.admin.addresses import with_query
from tickets.lifecycle.moves import Transition

# Written in place, below the timeline; the others have a button.
IN_PLACE = ("comment", "note")
BESIDE_FILES = ("withdraw_file",)  # a button beside each file it is for
# Beside each link, the proposal, or what came by mail: not in the menu.
_BESIDE = ("unlink", "accept_solution", "decline_solution", "count_answer", "reach")
# What is written to the requester: whoever writes it must know what arrived meanwhile.
ANSWERS = {"comment", "ask", "ask_items", "close", "refuse", "take_and_ask", "take_and_close", "transmit"}
SEEN = "vu"  # in addresses: how many events she had read when she clicked
# The act expected of the person, shown as the one full button: the first that is offered wins.
_EXPECTED = {True: ("recall", "close"), False: ("take",)}
# Beside it, in that order.
_FREQUENT = (
    "ask",
    "ask_items",
    "take_and_close",
    "take_and_ask",
    "postpone",
    "refuse",
    "assign",
    "unmerge",
    "reopen",
)
# What a button of the menu does, for those who use it twice a year.
HELPS = {
    "take": _("La demande passe de votre collègue à vous ; il est prévenu."),
    "assign": _("Un autre gestionnaire du thème en prend la charge ; il est prévenu."),
    "release": _("Personne n’en est plus en charge : elle revient dans « À prendre »."),
    "move": _("Elle part sous un autre thème, chez ceux qui le gèrent."),
    "give_back": _("Elle retourne à la personne et au thème d’où elle vous a été transférée."),
    "change_subject": _("Le demandeur est prévenu du nouvel objet ; l’ancien reste dans l’historique."),
    "change_priority": _("Pour votre équipe seulement : le demandeur ne la voit pas."),
    "merge": _("Pour un doublon : elle continue avec une autre demande de la même personne."),
    "link": _(
        "Une autre demande ou une question fréquente, pour votre équipe ; le demandeur n’en sait rien."
    ),
    "publish_solution": _("Une question et une réponse pour tout le monde, sans rien de la personne."),
    "show_entry": _("La réponse publiée l’aide peut-être : il en est prévenu, et la trouve sur sa page."),
    "transmit": _("Une autre administration est compétente : la demande se termine ici."),
    "ask_items": _("Ce qu’un texte exige et qui manque : le demandeur a un délai, le délai légal en dépend."),
    "close": _("Vous répondez ; le demandeur approuve la clôture ou la conteste."),
    "report_abuse": _("Envois répétés ou dangereux : un responsable se prononce, rien n’est effacé."),
    "confirm_abuse": _("Vous confirmez le signalement : la demande reste marquée, rien n’est effacé."),
    "clear_abuse": _("La marque disparaît ; le signalement reste dans l’historique de l’équipe."),
    "invite": _("Une personne de plus lit la demande ; le demandeur le voit et peut la retirer."),
    "uninvite": _("Cette personne ne lit plus la demande."),
    "change_requester": _("La demande passe à une autre personne ; les deux sont prévenues."),
    "refuse": _("Vous donnez les motifs ; les voies de recours sont jointes."),
}


@dataclass(frozen=True)
class Button:
    """One act: its address, its idempotence key when one click is enough, what it does in a sentence."""

    move: Transition
    url: str
    key: str
    help: str
    is_expected: bool = False
    is_grave: bool = False


@dataclass(frozen=True)
class Actions:
    """The buttons of the page, by place."""

    expected: Button | None
    frequent: list[Button]
    others: list[Button]

    def within(self, query):
        """Return the same buttons, which carry the list of that `query` in their addresses."""
        return Actions(
            expected=_within(self.expected, query) if self.expected else None,
            frequent=[_within(button, query) for button in self.frequent],
            others=[_within(button, query) for button in self.others],
        )

    @property
    def all(self):
        """Every button, in the order of the page."""
        return [*([self.expected] if self.expected else []), *self.frequent, *self.others]


def _within(button, query):
    return replace(button, url=with_query(button.url, query))


def move_url(ticket, move):
    """Return the address of `move` on `ticket`."""
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, move.slug])


def actions_of(ticket, moves, standing, user):
    """Return the Actions that `moves` give to `user`, who stands so towards `ticket`."""
    offered = {move.name: move for move in moves if move.name not in (*IN_PLACE, *BESIDE_FILES, *_BESIDE)}
    expected = next((name for name in _EXPECTED[standing.is_assignee] if name in offered), None)
    frequent = [name for name in _FREQUENT if name in offered and name != expected]
    others = [name for name in offered if name != expected and name not in frequent]
    return Actions(
        expected=_button(ticket, offered[expected], user, is_expected=True) if expected else None,
        frequent=[_button(ticket, offered[name], user) for name in frequent],
        others=[_button(ticket, offered[name], user) for name in others],
    )


def _button(ticket, move, user, *, is_expected=False):
    return Button(
        move=move,
        url=f"{move_url(ticket, move)}?{SEEN}={ticket.event_count}",
        key="" if move.needs_page() else typing_keys.sign(typing_keys.new_key(), user),
        help=HELPS.get(move.name, ""),
        is_expected=is_expected,
        is_grave=move.name == "refuse",
    )
