"""Type the requests of the sample in the real forms, so that it never drifts from them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import Field
from django.utils import timezone

from accounts.models import User
from categories.models import Category
from categories.questionnaire.form import PREFIX
from categories.questionnaire.versions import current_form, form_of
from teledemande.demo.sample.dates import with_dates
from teledemande.demo.sample.reading import FILES, Writing
from tickets.forms.beneficiary import CHOICE
from tickets.forms.filing import RequestForm, as_posted
from tickets.forms.pieces import EXEMPT, FILE, REASON, WITHOUT
from tickets.models import Draft
from tickets.services.content import Content
from tickets.services.drafts import add_files, keep_draft

# Keys are drawn from names, so that what was loaded is found again.
NAMESPACE = UUID("5f0f6f5c-3d0e-4c3b-9a55-8f6f5b3f7c11")


def load_drafts(drafts: list[Writing], *, people: Mapping[str, User], today: date) -> int:
    """Leave the `drafts` in progress on the dashboards of `people`; return how many were not there."""
    return sum(_left(written, people[written.by], today) for written in drafts)


def _left(written: Writing, owner: User, today: date) -> bool:
    key = uuid5(NAMESPACE, f"draft/{written.slug}")
    if Draft.objects.filter(key=key).exists():
        return False
    day = today - timedelta(days=written.ago)
    at = datetime.combine(day, written.at, tzinfo=timezone.get_default_timezone())
    write_draft(written, key, owner=owner, at=at)
    return True


def write_draft(written: Writing, key: UUID, *, owner: User, at: datetime) -> Draft:
    """Return the draft `key` of `owner` where all of `written` was typed and joined at `at`.

    Raises ValueError, naming the request and the field, for what its form does not know.
    """
    category = Category.objects.get(slug=written.theme)
    shown = RequestForm(current_form(category), category=category, person=owner)
    _require_known_names(written, shown)
    values = {name: _picked(shown.fields[name], text) for name, text in typed(written, at).items()}
    draft = keep_draft(key, owner=owner, values=values, category=category)
    for piece, name in written.pieces.items():
        attach(draft, [name], at=at, piece=piece)
    attach(draft, written.files, at=at)
    Draft.objects.filter(pk=draft.pk).update(created_at=at, updated_at=at)
    return draft


def attach(draft: Draft, names: Iterable[str], *, at: datetime, piece: str = "") -> None:
    """Join files of the sample to `draft`, received at `at`. Raises ValueError if one is refused."""
    uploads = [SimpleUploadedFile(name, (FILES / name).read_bytes()) for name in names]
    if refusals := add_files(draft, uploads, piece):
        raise ValueError(" ".join(refusals))
    draft.files.filter(created_at__gt=at).update(created_at=at)


def typed(written: Writing, at: datetime) -> dict[str, Any]:
    """Return what `written` types at `at`: input of the form → text, or list of texts."""
    values = {
        "subject": written.subject,
        "message": written.message,
        **{PREFIX + name: answer for name, answer in written.answers.items()},
        **{WITHOUT + name: "on" for name in written.absent},
        **{REASON + name: why for name, why in written.absent.items()},
        **{EXEMPT + name: "on" for name in written.known},
        **{(CHOICE if name == "whom" else f"for-{name}"): text for name, text in written.whose.items()},
    }
    return {name: _dated(value, at) for name, value in values.items()}


def _picked(field: Field, text: Any) -> Any:
    # Lists come from elsewhere with typewriter apostrophes; one picks the line, one does not type it.
    offered = dict(getattr(field, "choices", ()))
    return next((one for one in offered if str(one).replace("'", "’") == text), text)


def _dated(value: Any, at: datetime) -> Any:
    return [with_dates(one, at) for one in value] if isinstance(value, list) else with_dates(value, at)


def content_of(written: Writing, draft: Draft) -> Content:
    """Return what the form of the theme reads in `draft`.

    Raises ValueError, naming the request and the field, for what the form refuses or does not ask.
    """
    form = RequestForm(
        form_of(draft.form_version),
        as_posted(draft.values),
        category=draft.category,
        person=draft.owner,
        files=list(draft.files.all()),
    )
    if not form.is_valid():
        faults = [f"{name} : {' '.join(map(str, sentences))}" for name, sentences in form.errors.items()]
        raise ValueError(_at_fault(written, faults))
    content = form.content()
    if hidden := (set(written.answers) - set(content.answers)) | (set(written.pieces) - content.pieces):
        raise ValueError(_at_fault(written, [f"{name} : non demandé" for name in sorted(hidden)]))
    return content


def _require_known_names(written: Writing, form: RequestForm) -> None:
    given = {*typed(written, timezone.now()), *(FILE + name for name in written.pieces)}
    if unknown := sorted(given - {*form.fields}):
        raise ValueError(_at_fault(written, [f"{name} : inconnu" for name in unknown]))


def _at_fault(written: Writing, faults: list[str]) -> str:
    return f"{written.slug} ({written.theme}) : {' ; '.join(faults)}"
