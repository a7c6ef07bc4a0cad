"""Follow a request, or stop: a wish to be told, no right and no event."""

from accounts.models import User
from tickets.models import Follow, Ticket


def follow(ticket: Ticket, user: User) -> None:
    """Have `user` told of what happens to `ticket`, which she reads as staff. Twice is once."""
    Follow.objects.get_or_create(ticket=ticket, user=user)


def unfollow(ticket: Ticket, user: User) -> None:
    """Have `user` told no more."""
    Follow.objects.filter(ticket=ticket, user=user).delete()
