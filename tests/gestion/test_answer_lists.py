"""Lists of answers: written by administrators, never deleted."""

import pytest
from django.urls import reverse

from categories.models import ChoiceItem, ChoiceList
from tests.pages import words_of


def test_answers_of_lists_are_written_and_never_deleted(adams):
    shared = ChoiceList.objects.create(slug="components", name="Composantes")
    add = reverse("admin:categories_choiceitem_add")
    answers = {"choice_list": shared.pk, "name": "Droit", "slug": "fdsp", "position": 1, "is_active": "on"}

    made = adams.post(add, answers)
    item = ChoiceItem.objects.get()
    ChoiceItem.objects.create(choice_list=shared, slug="sciences", name="Sciences")
    address = reverse("admin:categories_choiceitem_change", args=[item.pk])
    changed = adams.post(address, {"name": "Faculté de droit", "position": 2, "slug": "autre"})
    deleted = adams.post(reverse("admin:categories_choiceitem_delete", args=[item.pk]), {"post": "yes"})

    assert (made.status_code, changed.status_code, deleted.status_code) == (302, 302, 404)
    item.refresh_from_db()
    assert (item.name, item.slug, item.position, item.is_active) == ("Faculté de droit", "fdsp", 2, False)


def test_last_answer_of_a_list_stays_offered(adams):
    shared = ChoiceList.objects.create(slug="ufr", name="Composantes")
    first, last = (
        ChoiceItem.objects.create(choice_list=shared, slug=name, name=name) for name in ("droit", "sciences")
    )

    def switch_off(item):
        address = reverse("admin:categories_choiceitem_change", args=[item.pk])
        return adams.post(address, {"name": item.name, "position": 0})

    pages = [switch_off(first), switch_off(last)]

    assert [page.status_code for page in pages] == [302, 200]
    assert "C’est la dernière réponse proposée" in words_of(pages[1])
    assert [item.slug for item in ChoiceItem.objects.filter(is_active=True)] == ["sciences"]


def test_lists_lead_to_their_answers(adams):
    shared, other = (ChoiceList.objects.create(slug=name, name=name) for name in ("ufr", "ecoles"))
    for row in (shared, other):
        ChoiceItem.objects.create(choice_list=row, slug="un", name=f"Réponse de {row.name}")
    rooms = [
        reverse("admin:categories_choicelist_changelist"),
        reverse("admin:categories_choicelist_change", args=[shared.pk]),
    ]
    answers = f"{reverse('admin:categories_choiceitem_changelist')}?choice_list__id__exact={shared.pk}"

    assert all(f'href="{answers}"' in adams.get(room).content.decode() for room in rooms)
    page = adams.get(answers).content.decode()
    assert ("Réponse de ufr" in page, "Réponse de ecoles" in page) == (True, False)


def test_page_of_a_row_bears_its_name(adams):
    shared = ChoiceList.objects.create(slug="ufr", name="Composantes")
    page = adams.get(reverse("admin:categories_choicelist_change", args=[shared.pk])).content.decode()

    assert "<h1>Composantes</h1>" in page


@pytest.mark.parametrize("room", ["choicelist", "choiceitem"])
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_lists_of_answers_are_for_administrators(room, page, adams, mathildes):
    address = reverse(f"admin:categories_{room}_{page}")

    assert (adams.get(address).status_code, mathildes.get(address).status_code) == (200, 404)
