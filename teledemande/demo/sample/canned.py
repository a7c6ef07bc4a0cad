"""Answers written once, so that whoever tries the workbench finds some."""

from accounts.models import User
from categories.models import Category
from tickets.models import CannedAnswer, CannedScope
from tickets.services.canned import save_canned_answer


def load_canned(entries: list[dict[str, str]], *, people: dict[str, User]) -> int:
    """Write the answers of `entries` when there is none yet; return how many."""
    if CannedAnswer.objects.exists():
        return 0
    for entry in entries:
        author = people[entry["author"]]
        answer = CannedAnswer(scope=entry["scope"], title=entry["title"], text=entry["text"])
        answer.owner = author if entry["scope"] == CannedScope.PERSONAL else None
        if "category" in entry:
            answer.category = Category.objects.get(slug=entry["category"])
        save_canned_answer(answer, author=author)
    return len(entries)
