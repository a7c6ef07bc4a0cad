"""The table of moves. Buttons, POST handling, admin actions, mail rules and tests are derived from it.

A line more makes tests fail until it has words, a mail rule, templates and a row in the table of permissions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from tickets.lifecycle import effects, guards, permissions
from tickets.lifecycle.enums import OPEN, Status
from tickets.lifecycle.moves import Ask, Transition

if TYPE_CHECKING:
    from tickets.models import Ticket

_ANY: Final = tuple(Status)

# fmt: off
# A line says what a move is and who may make it; the next ones what it does, asks and is.
_TABLE: Final = (
    Transition("submit", "deposer", (), Status.SUBMITTED, None, is_legal=True),
    # The other side of `merge` and of `unmerge`: written on the request that goes on, never asked for.
    Transition("receive", "recevoir", (), None, None),
    Transition("lose", "rendre-jointe", (), None, None),
    # In the same way: the other side of `link` and of `unlink`, then of a request that follows an ended one.
    Transition("linked", "etre-liee", (), None, None, is_internal=True),
    Transition("unlinked", "etre-deliee", (), None, None, is_internal=True),
    Transition("continues", "suivre-une-demande", (), None, None),
    Transition("continued", "etre-suivie", (), None, None),
    Transition("take", "prendre-en-charge", OPEN, None, permissions.colleague, effect=effects.take_charge),
    Transition("assign", "confier", OPEN, None, permissions.handler | permissions.system,
               effect=effects.hand_over, asks=(Ask.ASSIGNEE, Ask.MESSAGE), is_note=True),
    Transition("release", "liberer", (Status.IN_PROGRESS, Status.WAITING, Status.POSTPONED), Status.SUBMITTED,
               permissions.assignee | permissions.manager | permissions.system, effect=effects.let_go,
               asks=(Ask.MESSAGE,), is_note=True),
    Transition("ask", "demander", OPEN, Status.WAITING, permissions.assignee,
               asks=(Ask.REQUIRED_MESSAGE, Ask.FILES), can_be_taken_back=True),
    # What a text requires and is missing (CRPA, L114-5): the one question the legal delays know of.
    Transition("ask_items", "demander-des-pieces", OPEN, Status.WAITING, permissions.assignee,
               asks=(Ask.ITEMS, Ask.LEGAL_BASIS, Ask.DEADLINE, Ask.INDISPENSABLE, Ask.MESSAGE, Ask.FILES),
               is_legal=True),
    Transition("answer", "repondre", (Status.WAITING,), Status.IN_PROGRESS,
               permissions.requester | permissions.participant, effect=effects.hear,
               asks=(Ask.MESSAGE_OR_FILES, Ask.SUPPLIED)),
    # What came by mail never changes the status by itself: whoever asked says that it answers her question.
    Transition("count_answer", "compter-comme-reponse", (Status.WAITING,), Status.IN_PROGRESS,
               permissions.assignee | permissions.manager, guard=guards.an_answer_came_by_mail,
               effect=effects.hear, asks=(Ask.SUPPLIED,)),
    Transition("comment", "commenter", _ANY, None,
               permissions.requester | permissions.participant | permissions.handler,
               asks=(Ask.MESSAGE_OR_FILES, Ask.SUPPLIED), can_be_taken_back=True),
    # Her own answer, before it leaves: the requester never knows of it.
    Transition("take_back", "reprendre-ma-reponse", _ANY, None, permissions.handler,
               guard=guards.an_answer_is_on_its_way, effect=effects.recover, is_internal=True),
    Transition("note", "noter", _ANY, None, permissions.writes_notes,
               asks=(Ask.MESSAGE_OR_FILES,), is_internal=True),
    Transition("postpone", "reporter", OPEN, Status.POSTPONED, permissions.assignee,
               effect=effects.put_off, asks=(Ask.RECALL_ON, Ask.MESSAGE), is_note=True),
    Transition("recall", "reprendre", (Status.POSTPONED,), Status.IN_PROGRESS,
               permissions.assignee | permissions.system, guard=guards.recall_is_due),
    Transition("move", "transferer", OPEN, None, permissions.handler,
               guard=guards.may_leave_theme, effect=effects.change_theme,
               asks=(Ask.CATEGORY, Ask.REQUIRED_MESSAGE), is_note=True),
    Transition("give_back", "rendre", OPEN, None, permissions.handler,
               guard=guards.has_a_sender, effect=effects.return_to_sender, asks=(Ask.REQUIRED_MESSAGE,),
               is_note=True),
    Transition("change_subject", "renommer", OPEN, None, permissions.handler,
               effect=effects.rename, asks=(Ask.SUBJECT,)),
    Transition("change_priority", "priorite", OPEN, None, permissions.handler,
               effect=effects.weigh, asks=(Ask.PRIORITY,), is_internal=True),
    Transition("merge", "joindre", OPEN, Status.MERGED, permissions.handler,
               effect=effects.join, asks=(Ask.OTHER,)),
    Transition("unmerge", "separer", (Status.MERGED,), Status.IN_PROGRESS, permissions.handler,
               guard=guards.parting_is_in_time, effect=effects.part),
    Transition("transmit", "transmettre", OPEN, Status.TRANSMITTED, permissions.handler,
               effect=effects.send_away,
               asks=(Ask.ADMINISTRATION, Ask.CONTACT, Ask.REQUIRED_MESSAGE, Ask.FILES), is_legal=True),
    # Links open nothing: each end is shown to those who may read it.
    Transition("link", "lier", _ANY, None, permissions.handler, asks=(Ask.LINKED,), is_internal=True),
    Transition("show_entry", "montrer-une-question", _ANY, None, permissions.handler,
               asks=(Ask.ENTRY, Ask.MESSAGE)),
    Transition("unlink", "delier", _ANY, None, permissions.handler, asks=(Ask.LINK,), is_internal=True),
    # What a request teaches everybody, without its persons: proposed, then judged by a manager.
    Transition("publish_solution", "proposer-une-solution", _ANY, None, permissions.handler,
               guard=guards.may_be_published, asks=(Ask.QUESTION, Ask.SOLUTION), is_internal=True),
    Transition("accept_solution", "publier-la-solution", _ANY, None, permissions.manager,
               guard=guards.may_be_published, asks=(Ask.QUESTION, Ask.SOLUTION), is_internal=True),
    Transition("decline_solution", "ecarter-la-solution", _ANY, None, permissions.manager,
               asks=(Ask.REQUIRED_MESSAGE,), is_internal=True),
    # A mail to her was refused for good: a task, until somebody says how she was reached.
    Transition("unreached", "signaler-injoignable", _ANY, None, permissions.system,
               guard=guards.is_thought_reached, effect=effects.lose_sight, is_internal=True),
    Transition("reach", "joindre-autrement", _ANY, None, permissions.handler,
               guard=guards.is_unreached, effect=effects.reach, asks=(Ask.REQUIRED_MESSAGE,),
               is_internal=True),
    # A sending that is abusive or dangerous (CRPA, L112-11): a flag, the status is kept.
    Transition("report_abuse", "signaler", _ANY, None, permissions.handler,
               guard=guards.is_not_reported, effect=effects.report, asks=(Ask.REQUIRED_MESSAGE,),
               is_internal=True),
    Transition("confirm_abuse", "confirmer-l-abus", _ANY, None, permissions.manager,
               guard=guards.is_reported, effect=effects.confirm, asks=(Ask.REQUIRED_MESSAGE,),
               is_internal=True),
    Transition("clear_abuse", "ecarter-l-abus", _ANY, None, permissions.manager,
               guard=guards.is_flagged, effect=effects.clear, asks=(Ask.REQUIRED_MESSAGE,), is_internal=True),
    Transition("take_and_ask", "prendre-et-demander", OPEN, None, permissions.colleague,
               parts=("take", "ask"), asks=(Ask.REQUIRED_MESSAGE, Ask.FILES)),
    Transition("take_and_close", "prendre-et-cloturer", OPEN, None, permissions.colleague,
               parts=("take", "close"), asks=(Ask.OUTCOME, Ask.REQUIRED_MESSAGE, Ask.MINUTES, Ask.FILES)),
    Transition("close", "cloturer", OPEN, Status.CLOSED, permissions.assignee,
               effect=effects.give_outcome, asks=(Ask.OUTCOME, Ask.REQUIRED_MESSAGE, Ask.MINUTES, Ask.FILES),
               is_legal=True),
    Transition("refuse", "refuser", OPEN, Status.REFUSED, permissions.assignee,
               asks=(Ask.REQUIRED_MESSAGE, Ask.FILES), is_legal=True),
    Transition("approve", "approuver", (Status.CLOSED,), Status.APPROVED, permissions.requester,
               effect=effects.keep_opinion, asks=(Ask.SATISFACTION, Ask.MESSAGE, Ask.SURE)),
    Transition("contest", "contester", (Status.CLOSED,), Status.IN_PROGRESS, permissions.requester,
               effect=effects.resume, asks=(Ask.REQUIRED_MESSAGE, Ask.FILES)),
    Transition("remind", "rappeler", (Status.CLOSED,), None, permissions.system,
               guard=guards.reminder_is_due, effect=effects.remember_reminder),
    # A question left without an answer: on the fifth day, then on the tenth.
    Transition("remind_answer", "rappeler-la-question", (Status.WAITING,), None, permissions.system,
               guard=guards.answer_reminder_is_due),
    Transition("expire", "echoir", (Status.CLOSED,), Status.EXPIRED, permissions.system,
               guard=guards.closing_is_tacit),
    Transition("settle", "resolue", OPEN, Status.APPROVED, permissions.requester,
               asks=(Ask.MESSAGE, Ask.SURE)),
    Transition("reopen", "rouvrir", (Status.APPROVED, Status.EXPIRED, Status.CANCELLED), Status.IN_PROGRESS,
               permissions.requester | permissions.handler, guard=guards.reopening_is_in_time,
               effect=effects.resume, asks=(Ask.REQUIRED_MESSAGE, Ask.FILES)),
    Transition("invite", "inviter", (*OPEN, Status.CLOSED), None, permissions.requester | permissions.handler,
               guard=guards.may_have_guests, asks=(Ask.EMAIL,)),
    Transition("uninvite", "retirer-une-personne", _ANY, None, permissions.requester | permissions.handler,
               guard=guards.has_guests, asks=(Ask.GUEST,)),
    Transition("leave", "ne-plus-suivre", _ANY, None, permissions.participant),
    Transition("change_requester", "changer-le-demandeur", OPEN, None, permissions.manager,
               effect=effects.give_to, asks=(Ask.PERSON, Ask.REQUIRED_MESSAGE), is_note=True),
    Transition("admin_access", "acces-administrateur", _ANY, None, permissions.administrator,
               asks=(Ask.REQUIRED_MESSAGE,), is_internal=True),
    # Its button stands beside each file of hers; services/withdrawing.py says which.
    Transition("withdraw_file", "retirer-un-fichier", (*OPEN, Status.CLOSED), None,
               permissions.requester | permissions.participant | permissions.handler, asks=(Ask.FILE,)),
    Transition("withdraw", "retirer", OPEN, Status.CANCELLED, permissions.requester, asks=(Ask.MESSAGE,)),
)
# fmt: on

TAKE_BACK: Final = "take_back"
JOINED: Final = "receive"
PARTED: Final = "lose"
LINKED: Final = "linked"
UNLINKED: Final = "unlinked"
COUNT_ANSWER: Final = "count_answer"
CONTINUES: Final = "continues"  # on the request that follows an ended one
CONTINUED: Final = "continued"  # on the ended one
# Neither filing nor moving a request from hand to hand says anything to anybody.
SILENT: Final = ("submit", "take", "assign", "release")
# What tells the requester that somebody looks after her request. Moving it between themes does not.
REACTIONS: Final = (
    "take",
    "assign",
    "ask",
    "ask_items",
    "comment",
    "postpone",
    "close",
    "refuse",
    "transmit",
)
TRANSITIONS: Final[dict[str, Transition]] = {transition.name: transition for transition in _TABLE}
BY_SLUG: Final[dict[str, Transition]] = {transition.slug: transition for transition in _TABLE}


def moves_open_to(standing: permissions.Standing, ticket: Ticket) -> list[Transition]:
    """Return the moves somebody standing so may make on `ticket` now, in table order.

    Taking an answer back is not among them: it is offered beside the answer, to its author, while it waits.
    """
    now = timezone.now()
    moves = [move for move in TRANSITIONS.values() if move.name != TAKE_BACK]
    return [move for move in moves if move.is_offered(ticket, standing, now)]


def past_label(kind: str) -> Any:
    """Return what the timeline says of an event of this kind."""
    return TRANSITIONS[kind].past
