"""What helps to write, without JavaScript: each button adds words to the draft, and shows it again."""

from django.contrib import messages
from django.utils.translation import gettext as _

from tickets.admin.canned import chosen_words
from tickets.admin.tools import colleagues_on
from tickets.services.composing import add_words, quoted

CANNED, MENTION, QUOTE = "insert_canned", "insert_mention", "quote"  # the buttons


def compose(request, draft, ticket, move):
    """Add to `draft` what the button pressed asks for; return whether one of ours was pressed."""
    for button, words_of in _TOOLS.items():
        if button in request.POST:
            words = words_of(request, ticket, move)
            if words:
                add_words(draft, words)
            return True
    return False


def _canned(request, ticket, move):
    words = chosen_words(request, ticket)
    if words is None:
        messages.warning(request, _("Choisissez une réponse type dans la liste. Votre texte est conservé."))
    return words


def _quotation(request, ticket, move):
    rank = request.POST[QUOTE]
    event = None
    if rank.isdecimal() and len(rank) < 10:
        event = ticket.events.with_content().filter(sequence=int(rank)).first()
    if event is None or not event.words:
        return None
    if event.is_internal and not move.words_are_internal:
        messages.error(request, _("Une note interne ne se cite pas dans un message au demandeur."))
        return None
    if event.is_taken_back and not move.words_are_internal:
        messages.error(
            request, _("Une réponse reprise avant envoi ne se cite pas : le demandeur ne l’a pas vue.")
        )
        return None
    return quoted(event.words)


def _mention(request, ticket, move):
    names = {person.login for person in colleagues_on(ticket, request.user)}
    chosen = request.POST.get("colleague", "")
    if chosen not in names:
        messages.warning(request, _("Choisissez un collègue dans la liste. Votre texte est conservé."))
        return None
    return f"@{chosen} "


_TOOLS = {MENTION: _mention, CANNED: _canned, QUOTE: _quotation}
