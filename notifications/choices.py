"""What members of staff chose to be told: asking and choosing.

The choice nearest to a theme counts, going up the tree; then the one made for all themes; then the usual one.
It decides of courtesy mails to staff only: no requester, no guest, no mailbox is told less for it.
"""

from typing import Any, Final

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from notifications.models import MailChoice, MailHabits, Profile

# Whoever chose nothing is told of what arrives, and of what she is in charge of.
USUAL: Final = Profile.CREATION
TELLS_ALL: Final = (Profile.ALL,)
TELLS_CREATION: Final = (Profile.ALL, Profile.CREATION)
TELLS_IN_CHARGE: Final = (Profile.ALL, Profile.CREATION, Profile.IN_CHARGE)

# A scalar of the query about people: telling costs as many queries whatever the number of handlers.
_NEAREST: Final = """
    COALESCE((
        WITH RECURSIVE up(id, parent_id, distance) AS (
            SELECT id, parent_id, 0 FROM categories_category WHERE id = %s
            UNION ALL
            SELECT parent.id, parent.parent_id, up.distance + 1 FROM categories_category parent
            JOIN up ON parent.id = up.parent_id
        )
        SELECT choice.profile FROM notifications_mailchoice choice
        LEFT JOIN up ON up.id = choice.category_id
        WHERE choice.person_id = accounts_user.id AND (choice.category_id IS NULL OR up.id IS NOT NULL)
        ORDER BY CASE WHEN up.id IS NULL THEN 1 ELSE 0 END, up.distance LIMIT 1
    ), %s)
"""


def who_chose(people: QuerySet[User], category_id: int, profiles: tuple[Profile, ...]) -> QuerySet[User]:
    """Keep of `people` those whose choice for the theme `category_id` is one of `profiles`."""
    nearest = RawSQL(_NEAREST, [category_id, USUAL.value], output_field=models.CharField())  # noqa: S611 -- placeholders only
    return people.alias(mail_profile=nearest).filter(mail_profile__in=[str(one) for one in profiles])


@transaction.atomic
def choose(person: User, category_id: int | None, profile: str) -> str:
    """Write what `person` wants for the theme `category_id`, None for all themes; return what stood there.

    "" takes the choice back: what stands above counts again. Whatever is returned can be given back.
    """
    # Her row is locked: two clicks at once leave one choice.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    theme = Q(category__isnull=True) if category_id is None else Q(category_id=category_id)
    chosen = MailChoice.objects.filter(theme, person=person)
    former = chosen.values_list("profile", flat=True).first() or ""
    if not profile:
        chosen.delete()
    elif not chosen.update(profile=profile):
        MailChoice.objects.create(person=person, category_id=category_id, profile=profile)
    if profile == Profile.DIGEST:  # whoever asks for summaries had not stopped them for ever
        MailHabits.objects.filter(person=person).update(has_daily=True)
    return former


def choices_of(person: User) -> dict[int | None, Any]:
    """Return the profiles `person` chose by key of theme, None for all themes. One query."""
    return dict(MailChoice.objects.filter(person=person).values_list("category_id", "profile"))
