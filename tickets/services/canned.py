"""Write canned answers, and put them in words."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from categories.enums import RoleKind
from categories.models import Category
from tickets.models import CannedAnswer, CannedAnswerVersion, CannedScope, Ticket
from tickets.variables import faults_of, filled, values_for


def check_canned_answer(answer: CannedAnswer, author: User) -> None:
    """Refuse variables that do not exist and places that are not hers. Raises ValidationError."""
    faults = faults_of(answer.text)
    if faults:
        raise ValidationError({"text": faults})
    if not may_write_for(answer, author):
        raise ValidationError({"scope": _("Vous ne pouvez pas écrire de réponse type pour ces lecteurs.")})


def may_write_for(answer: CannedAnswer, author: User) -> bool:
    """Whether `author` may write an answer offered where `answer` is."""
    if answer.scope == CannedScope.PERSONAL:
        return answer.owner_id == author.pk
    if author.is_superuser:
        return True
    managed = Category.objects.reached_by(author, RoleKind.MANAGER)
    return answer.scope == CannedScope.THEME and managed.filter(pk=answer.category_id).exists()


@transaction.atomic
def save_canned_answer(answer: CannedAnswer, *, author: User) -> CannedAnswer:
    """Write `answer`, and a version of it when its words changed; return it.

    Raises ValidationError for a variable that does not exist, PermissionDenied for an answer that, as it
    stands, is not hers to write.
    """
    check_canned_answer(answer, author)
    before = None
    if answer.pk is not None:
        locked = CannedAnswer.objects.select_for_update(of=("self",), no_key=True)
        before = locked.get(pk=answer.pk)
        if not may_write_for(before, author):
            raise PermissionDenied
    answer.version = before.version if before else 0
    answer.use_count = before.use_count if before else 0
    is_new = before is None or (before.title, before.text) != (answer.title, answer.text)
    answer.version += is_new
    answer.updated_at = timezone.now()
    answer.full_clean()
    answer.save()
    if is_new:
        CannedAnswerVersion.objects.create(
            answer=answer, number=answer.version, title=answer.title, text=answer.text, author=author
        )
    return answer


@transaction.atomic
def use_canned_answer(pk: int, ticket: Ticket, author: User) -> str:
    """Count one use of the answer `pk` by `author` on `ticket`, and return its words, filled in.

    Raises CannedAnswer.DoesNotExist if it is not offered to her there.
    """
    answer = CannedAnswer.objects.offered_to(author, ticket).get(pk=pk)
    CannedAnswer.objects.filter(pk=pk).update(use_count=F("use_count") + 1)
    return filled(answer.text, values_for(ticket, author))
