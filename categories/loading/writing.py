"""Write what the file has and the database has not; compare the rest. A few queries for each kind of row."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from categories.loading.reading import LISTS
from categories.loading.report import Difference, Report, words_of
from categories.models import Category, ChoiceItem, ChoiceList, FormVersion, Service
from categories.publication import missing_mentions
from categories.questionnaire.checking import faults
from categories.questionnaire.definition import read_definition
from categories.questionnaire.lists import offered_by

_FORM = "formulaire"


def write(document, synonyms):
    """Create what is not there, with the `synonyms` of new themes (slug → expressions); return the Report.

    Must run in a transaction. Raises ValueError for a value no field takes.
    """
    report = Report()
    services = _write_rows(Service, document.services, report)
    for slug, entries in document.lists.items():
        _write_list(slug, entries, report)
    themes: dict[str, Category] = {}
    for level in document.levels:
        new = {entry.slug: "\n".join(synonyms.get(entry.slug, ())) for entry in level}
        themes |= _write_themes(level, report, parents=themes, services=services, synonyms=new)
    _write_forms([entry for level in document.levels for entry in level], themes, report)
    return report


def _write_rows(model, entries, report):
    known = {row.slug: row for row in model.objects.filter(slug__in=[entry.slug for entry in entries])}
    new = [model(slug=entry.slug, **entry.values) for entry in entries if entry.slug not in known]
    return _created(model, new, report) | _compared(known, entries, report)


def _write_list(slug, entries, report):
    choice_list, is_new = ChoiceList.objects.get_or_create(slug=slug, defaults={"name": LISTS[slug]})
    if is_new:
        report.created.append(slug)
    known = {item.slug: item for item in choice_list.items.all()}
    new = [
        ChoiceItem(choice_list=choice_list, slug=entry.slug, **entry.values)
        for entry in entries
        if entry.slug not in known
    ]
    _created(ChoiceItem, new, report, prefix=f"{slug}/")
    _compared(known, entries, report, prefix=f"{slug}/")


def _write_themes(entries, report, *, parents, services, synonyms):
    asked = Category.objects.filter(slug__in=[entry.slug for entry in entries])
    known = {row.slug: row for row in asked.select_related("parent", "service")}
    linked = [_with_links(entry, parents, services) for entry in entries]
    new = [
        _new_theme(entry.slug, values | {"synonyms": synonyms[entry.slug]}, report)
        for entry, values in zip(entries, linked, strict=True)
        if entry.slug not in known
    ]
    for entry, values in zip(entries, linked, strict=True):
        if entry.slug in known:
            _compare(known[entry.slug], values, entry.slug, report)
    return _created(Category, new, report) | known


def _with_links(entry, parents, services):
    parent, service = entry.links["parent"], entry.links.get("service")
    links = {"parent": parents[parent] if parent else None}
    return entry.values | links | ({"service": services[service]} if service else {})


def _new_theme(slug, values, report):
    theme = Category(slug=slug, **values)
    if missing := missing_mentions(theme):
        theme.is_published = False
        report.incomplete[slug] = [str(mention.name) for mention in missing]
    return theme


def _created(model, rows, report, prefix=""):
    for row in rows:
        _validate(row)
        report.created.append(f"{prefix}{row.slug}")
    return {row.slug: row for row in model.objects.bulk_create(rows)}


def _validate(row):
    # What links rows is the database's business; what a row holds is checked here, as a form would.
    fields = row._meta.concrete_fields  # noqa: SLF001 -- Django documents it
    links = {one.name for one in fields if one.is_relation}
    try:
        row.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        sentences = " ".join(sentence for sentences in error.message_dict.values() for sentence in sentences)
        message = f"« {row.slug} » : {', '.join(error.message_dict)} : {sentences}"
        raise ValueError(message) from error


def _compared(known, entries, report, prefix=""):
    for entry in entries:
        if entry.slug in known:
            _compare(known[entry.slug], entry.values, f"{prefix}{entry.slug}", report)
    return known


def _compare(row, values, slug, report):
    theirs = type(row)(**values)
    for name, value in values.items():
        if getattr(row, name) != value:
            label = str(row._meta.get_field(name).verbose_name)  # noqa: SLF001 -- idem
            report.differences.append(Difference(slug, label, words_of(theirs, name), words_of(row, name)))


def _write_forms(entries, themes, report):
    leaves = [entry for entry in entries if entry.definition is not None]
    versions = FormVersion.objects.filter(category__slug__in=[entry.slug for entry in leaves])
    # In this order, the version in force is the last one kept.
    ours = {version.category_id: version for version in versions.order_by("number")}
    now = timezone.now()
    new = {}
    for entry in leaves:
        theme = themes[entry.slug]
        version = ours.get(theme.pk)
        if version is None:
            new[entry.slug] = _first_version(theme, entry.definition, now)
            report.forms.append(entry.slug)
        elif version.definition != entry.definition:
            words = f"version {version.number}"
            report.differences.append(Difference(entry.slug, _FORM, "un autre", words))
    _check_forms({slug: read_definition(version.definition) for slug, version in new.items()})
    FormVersion.objects.bulk_create(new.values())


def _check_forms(definitions):
    # In force at once, without the editor: what it would not publish is refused here.
    offered = offered_by([one for definition in definitions.values() for one in definition.questions])
    for slug, definition in definitions.items():
        for fault in faults(definition, offered):
            message = f"Thème « {slug} » : formulaire ({fault.place}) : {fault.sentence}"
            raise ValueError(message)


def _first_version(theme, definition, now):
    return FormVersion(
        category=theme, number=1, definition=definition, created_at=now, updated_at=now, published_at=now
    )
