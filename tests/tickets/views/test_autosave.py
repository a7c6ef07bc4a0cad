"""What scripts send: the text after each pause, each file alone, whoever and wherever the person now is."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.strictness import StrictClient
from tests.tickets.views.forms import COMPLETE, hidden_of, publish
from tickets import typing_keys
from tickets.models import Draft, Ticket
from tickets.services.filing import open_ticket

GOOD = {"subject": "Relevé", "message": "Je demande mon relevé."}


@pytest.fixture
def theme(transcripts):
    publish(transcripts, COMPLETE)
    return transcripts


@pytest.fixture
def write_url(theme):
    return reverse("tickets:write", args=[theme.slug])


@pytest.fixture
def text_url(theme):
    return reverse("tickets:autosave", args=[theme.slug])


@pytest.fixture
def files_url(theme):
    return reverse("tickets:upload", args=[theme.slug])


def pdf(name="relevé.pdf"):
    return SimpleUploadedFile(name, factories.pdf_bytes(), content_type="application/pdf")


def after(form, answer):
    """Return the hidden fields of a page that took `answer` over."""
    told = answer.json()
    return form | {name: str(told[name]) for name in ("key", "revision") if name in told}


def test_text_is_kept_and_the_page_told_how_to_go_on(client_of, lea, write_url, text_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))

    first = browser.post(text_url, form | GOOD)
    second = browser.post(text_url, after(form, first) | GOOD | {"q-paid": "non", "unknown": "x"})

    draft = Draft.objects.get()
    assert [first.status_code, second.status_code] == [200, 200]
    assert (draft.owner, draft.values) == (lea, GOOD | {"q-paid": "non"})
    assert {"key", "draft", "revision", "at", "sentence", "is_over"} <= set(second.json())
    assert (second.json()["draft"], second.json()["revision"]) == (str(draft.key), draft.revision)
    assert second.json()["is_over"] is False


def test_saving_again_costs_less_than_five_queries(
    client_of, lea, write_url, text_url, django_assert_num_queries
):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    form = after(form, browser.post(text_url, form | GOOD))

    with django_assert_num_queries(3):  # session, reader, draft
        answer = browser.post(text_url, form | GOOD | {"message": "La suite."})

    assert answer.status_code == 200


def test_saving_three_hundred_answers_costs_the_same(
    client_of, lea, write_url, text_url, django_assert_num_queries
):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    form = after(form, browser.post(text_url, form | GOOD))
    answers = {f"q-n{number}": f"Réponse {number}" for number in range(2000)}

    with django_assert_num_queries(3):
        browser.post(text_url, form | GOOD | answers)

    assert len(Draft.objects.get().values) == 2002


def test_answer_that_got_lost_is_no_conflict_for_the_same_tab(client_of, lea, write_url, text_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))

    answers = [browser.post(text_url, form | GOOD | {"message": words}) for words in ("un", "deux", "trois")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert Draft.objects.get().values["message"] == "trois"


def test_another_tab_goes_on_in_a_draft_apart_and_both_texts_stay(client_of, lea, write_url, text_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    first = browser.post(text_url, form | GOOD)
    draft_url = f"{write_url}?brouillon={first.json()['draft']}"
    mine, other = hidden_of(browser.get(draft_url)), hidden_of(browser.get(draft_url))
    browser.post(text_url, mine | GOOD | {"message": "ici"})

    apart = browser.post(text_url, other | GOOD | {"message": "là"})
    form = after(other, apart) | GOOD  # the answer to its next saving is lost: it saves again
    goes_on = [browser.post(text_url, form | {"message": words}) for words in ("là", "là, et la suite")]

    assert [answer.status_code for answer in (apart, *goes_on)] == [409, 200, 200]
    assert "Rien n’est perdu" in apart.json()["sentence"].replace("\xa0", " ")
    assert sorted(draft.values["message"] for draft in Draft.objects.all()) == ["ici", "là, et la suite"]


def test_session_that_ended_keeps_the_text_and_says_so(client, client_of, lea, write_url, text_url):
    form = hidden_of(client_of(lea).get(write_url))

    answer = client.post(text_url, form | GOOD)

    assert (answer.status_code, answer.json()["is_over"]) == (200, True)
    assert (Draft.objects.get().owner, Draft.objects.get().values) == (lea, GOOD)


def test_visitor_is_kept_by_her_session(client, write_url, text_url):
    form = hidden_of(client.get(write_url))

    answer = client.post(text_url, form | GOOD)
    page = client.get(f"{write_url}?brouillon={answer.json()['draft']}")

    assert Draft.objects.get().owner is None
    assert GOOD["message"] in page.content.decode()
    assert (
        GOOD["message"]
        not in StrictClient().get(f"{write_url}?brouillon={Draft.objects.get().key}").content.decode()
    )


def test_request_already_filed_is_said_so_and_not_begun_again(client_of, lea, write_url, text_url, files_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    browser.post(text_url, form | GOOD)
    open_ticket(Draft.objects.get().key, requester=lea)

    answers = [browser.post(url, form | GOOD) for url in (text_url, files_url)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert (Ticket.objects.count(), Draft.objects.count()) == (1, 0)


def test_key_of_somebody_else_writes_nothing_of_hers(client_of, lea, marc, write_url, text_url):
    form = hidden_of(client_of(lea).get(write_url))
    client_of(lea).post(text_url, form | GOOD)

    answer = client_of(marc).post(text_url, form | GOOD | {"message": "volé"})

    assert answer.status_code == 200
    assert dict(Draft.objects.values_list("owner", "values")) == {
        lea.pk: GOOD,
        marc.pk: GOOD | {"message": "volé"},
    }


def test_theme_that_closed_still_takes_the_text_of_who_was_writing(
    client_of, lea, theme, write_url, text_url
):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    theme.is_published = False
    theme.save()

    kept = browser.post(text_url, form | GOOD)
    stranger = browser.post(text_url, GOOD | {"key": typing_keys.sign(uuid4(), lea)})

    assert [kept.status_code, stranger.status_code] == [200, 404]
    assert Draft.objects.get().values == GOOD


def test_draft_goes_on_in_the_theme_that_replaces_its_own(
    client_of, lea, theme, refunds, write_url, text_url, django_assert_num_queries
):
    browser = client_of(lea)
    told = browser.post(text_url, hidden_of(browser.get(write_url)) | GOOD).json()
    theme.is_published = False
    theme.save()
    page, address = (reverse(f"tickets:{name}", args=[refunds.slug]) for name in ("write", "autosave"))
    form = hidden_of(browser.get(f"{page}?brouillon={told['draft']}"))

    moved = browser.post(address, form | GOOD | {"message": "Ici."})
    with django_assert_num_queries(3):
        again = browser.post(address, after(form, moved) | GOOD | {"message": "La suite."})

    draft = Draft.objects.get()
    assert [moved.status_code, again.status_code] == [200, 200]
    assert (draft.category, draft.form_version, draft.values["message"]) == (refunds, None, "La suite.")
    assert f"{page}?brouillon={draft.key}" in browser.get(reverse("tickets:dashboard")).content.decode()


def test_page_whose_token_is_old_gets_a_fresh_one(lea, theme, write_url, text_url):
    browser = StrictClient(enforce_csrf_checks=True)
    browser.force_login(lea)
    form = hidden_of(browser.get(write_url))

    refused = browser.post(text_url, form | GOOD | {"csrfmiddlewaretoken": "0" * 64})
    kept = browser.post(text_url, form | GOOD | {"csrfmiddlewaretoken": refused.json()["token"]})

    assert [refused.status_code, kept.status_code] == [403, 200]
    assert Draft.objects.get().values == GOOD


# --- files -----------------------------------------------------------------------------------------------
def test_file_goes_to_its_piece_and_leaves_the_text_alone(client_of, lea, write_url, text_url, files_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    form = after(form, browser.post(text_url, form | GOOD))

    answer = browser.post(files_url, form | {"piece-identity": [pdf("carte.pdf")]})

    told = answer.json()
    assert [(file["name"], file["piece"]) for file in told["files"]] == [("carte.pdf", "identity")]
    assert (told["refusals"], Draft.objects.get().values) == ([], GOOD)


def test_file_may_come_before_the_text_and_overwrites_none(client_of, lea, write_url, text_url, files_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))

    browser.post(files_url, form | {"piece-identity": [pdf()]})
    text = browser.post(text_url, form | GOOD)
    browser.post(files_url, form | {"files": [pdf("autre.pdf")]})

    draft = Draft.objects.get()
    assert (text.status_code, draft.values) == (200, GOOD)
    assert sorted(draft.files.values_list("name", "piece")) == [("autre.pdf", ""), ("relevé.pdf", "identity")]


def test_refused_file_says_why_and_the_others_stay(client_of, lea, write_url, files_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    form = after(form, browser.post(files_url, form | {"piece-identity": [pdf()]}))

    answer = browser.post(
        files_url, form | {"piece-identity": [SimpleUploadedFile("v.exe", b"MZ" + bytes(99))]}
    )

    assert [len(answer.json()["files"]), len(answer.json()["refusals"])] == [1, 1]
    assert "v.exe" in answer.json()["refusals"][0]


def test_file_taken_out_is_gone(client_of, lea, write_url, files_url):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))
    sent = browser.post(files_url, form | {"piece-identity": [pdf()]})

    answer = browser.post(files_url, after(form, sent) | {"remove": sent.json()["files"][0]["uuid"]})

    assert answer.json()["files"] == []


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>.pdf",
        "\u202efdp.exe.pdf",
        "../../etc/passwd.pdf",
        "a" * 300 + ".pdf",
        "é\n.pdf",
    ],
    ids=["markup", "direction", "path", "long", "line"],
)
def test_hostile_name_is_plain_text_in_the_answer_and_the_page(client_of, lea, write_url, files_url, name):
    browser = client_of(lea)
    form = hidden_of(browser.get(write_url))

    answer = browser.post(files_url, form | {"files": [pdf(name)]})
    page = browser.get(f"{write_url}?brouillon={answer.json()['draft']}").content.decode()

    kept = json.loads(answer.content)["files"][0]["name"]
    assert answer["Content-Type"] == "application/json"
    assert not {"/", "\n", "\u202e"} & set(kept)
    assert len(kept) <= 200
    assert "<script>alert" not in page


def test_visitor_sends_no_file(client, write_url, files_url, stored):
    form = hidden_of(client.get(write_url))

    answer = client.post(files_url, form | {"files": [pdf()]})

    assert (len(answer.json()["refusals"]), stored()) == (1, [])
