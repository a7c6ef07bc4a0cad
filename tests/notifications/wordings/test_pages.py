"""The pages where those who manage a theme word its mails."""

import re

import pytest
from django.urls import reverse

from categories.enums import RoleKind
from categories.roles import grant_role
from notifications.models import MailWording, OutgoingEmail
from notifications.wordings.writing import use_original
from notifications.wordings.zones import EDITABLE
from tests import factories
from tests.pages import words_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:mail_wordings")


def page_of(theme, message="taken", name="mail_wording"):
    return reverse(f"admin:{name}", args=[theme.pk if theme else 0, message])


def typed(response, **words):
    """Return what the form holds, with `words` in place, ready to be posted."""
    form = response.context["form"]
    return {field.html_name: field.value() for field in form} | {
        "revision": response.context["revision"],
        **words,
    }


# --- who ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("person", "status"),
    [("mathilde", 200), ("adam", 200), ("claire", 404), ("oscar", 404), ("bruno", 404), ("lea", 404)],
)
def test_pages_are_for_those_who_manage_the_theme(person, status, client_of, request, transcripts):
    browser = client_of(request.getfixturevalue(person))

    answers = [
        browser.get(LIST),
        browser.get(page_of(transcripts)),
        browser.post(page_of(transcripts), {"revision": 0, "closing_fr": "Fin."}),
        browser.post(page_of(transcripts, name="mail_wording_revert"), {"revision": 0}),
        browser.post(page_of(transcripts, name="mail_wording_restore"), {"revision": 0, "number": 1}),
    ]

    allowed = [200, 200, 302, 302, 302]
    assert [answer.status_code for answer in answers] == (allowed if status == 200 else [404] * 5)
    assert MailWording.objects.exists() == (status == 200)


def test_what_is_not_hers_does_not_exist(client_of, mathilde, adam, transcripts, refunds, alert):
    hers, all_of_them = client_of(mathilde), client_of(adam)

    assert [hers.get(page_of(theme)).status_code for theme in (refunds, alert, None)] == [404] * 3
    assert [all_of_them.get(page_of(theme)).status_code for theme in (refunds, alert, None)] == [
        200,
        404,
        200,
    ]
    for message in ("confidential", "guest_removed", "account_activate", "rien"):
        assert hers.get(page_of(transcripts, message)).status_code == 404


def test_a_field_that_is_not_offered_is_not_read(client_of, mathilde, transcripts):
    client_of(mathilde).post(
        page_of(transcripts, "refused"),
        {"revision": 0, "news_fr": "Acceptée.", "headline_fr": "Oui", "closing_fr": "Fin."},
    )

    assert MailWording.objects.get().texts == {"closing": {"fr": "Fin."}}


# --- the list -----------------------------------------------------------------------------------------
def test_list_says_whose_words_each_message_is_in(client_of, worded, mathilde, transcripts, studies):
    worded(transcripts, "taken", closing_fr="Fin.")
    worded(studies, "refused", closing_fr="Fin.")

    response = client_of(mathilde).get(LIST, {"theme": transcripts.pk})

    rows = {row.place.message.name: row for _title, group in response.context["groups"] for row in group}
    assert set(rows) == set(EDITABLE)
    assert [rows[name].is_here for name in ("taken", "refused", "receipt")] == [True, False, False]
    assert [rows[name].source for name in ("taken", "refused", "receipt")] == [
        "Relevé de notes",
        "Études",
        "",
    ]
    assert dict(rows["taken"].drawing) == {"headline": False, "news": False, "next": False, "closing": True}


def test_manager_of_confidential_themes_alone_is_told_why_nothing_is_listed(client_of, alert):
    manager = factories.handler_on(alert, "manager")

    page = client_of(manager).get(LIST)

    assert page.status_code == 200
    assert "Vos thèmes sont confidentiels" in words_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same(count, client_of, worded, mathilde, transcripts, django_assert_num_queries):
    for message in ("taken", "refused", "receipt")[:count]:
        worded(transcripts, message, closing_fr="Fin.")
    browser = client_of(mathilde)

    with django_assert_num_queries(5):
        browser.get(LIST)


# --- writing ------------------------------------------------------------------------------------------
def test_manager_words_a_mail_and_it_is_sent_so(client_of, mathilde, lea, claire, transcripts, latest):
    browser = client_of(mathilde)
    first = browser.get(page_of(transcripts))

    answer = browser.post(page_of(transcripts), typed(first, closing_fr="Fermé le 15 août."))

    assert answer.status_code == 302
    factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    assert "Fermé le 15 août." in latest("taken").body_text
    assert MailWording.objects.get().texts == {"closing": {"fr": "Fermé le 15 août."}}


def test_page_begins_with_our_words_and_their_variables(client_of, mathilde, transcripts):
    form = client_of(mathilde).get(page_of(transcripts)).context["form"]

    assert form["news_fr"].value() == "{{ gestionnaire }} a pris en charge votre demande {{ reference }}."
    assert form["headline_fr"].value() == "Votre demande est prise en charge"
    assert form["news_en"].value().count("{{ ") == 2
    assert form["closing_fr"].value() == ""


def test_page_begins_with_the_words_of_the_theme_above(client_of, worded, mathilde, transcripts, studies):
    worded(studies, "taken", closing_fr="Des études.")

    page = client_of(mathilde).get(page_of(transcripts))

    assert page.context["form"]["closing_fr"].value() == "Des études."
    assert "Texte repris de : Études." in words_of(page).replace("\xa0", " ")


def test_what_is_ours_is_shown_around_the_zones(client_of, mathilde, transcripts):
    words = words_of(client_of(mathilde).get(page_of(transcripts, "refused"))).replace("\xa0", " ")

    for ours in ("L’université a refusé votre demande", "Voies et délais de recours", "(ne change pas)"):
        assert ours in words


def test_unknown_variable_is_named_at_its_field_and_nothing_is_lost(client_of, mathilde, transcripts):
    browser = client_of(mathilde)
    first = browser.get(page_of(transcripts))

    page = browser.post(
        page_of(transcripts), typed(first, closing_fr="Bonjour {{ prénom }}", next_fr="Suite.")
    )

    words = words_of(page).replace("\xa0", " ")
    assert page.status_code == 200
    assert "« prénom » n’est pas une variable connue. Celles qui existent : prenom, nom, reference" in words
    assert 'id="id_closing_fr_error"' in page.content.decode()
    assert page.context["form"]["next_fr"].value() == "Suite."
    assert not MailWording.objects.exists()


def test_second_window_keeps_what_was_typed_and_sees_what_changed(client_of, mathilde, adam, transcripts):
    hers, his = client_of(mathilde), client_of(adam)
    first = hers.get(page_of(transcripts))
    his.post(page_of(transcripts), typed(first, closing_fr="De lui."))

    page = hers.post(page_of(transcripts), typed(first, closing_fr="D’elle."))
    words = words_of(page)
    kept = page.context["form"]["closing_fr"].value()
    hers.post(page_of(transcripts), typed(page))

    assert "Quelqu’un a changé ce texte" in words
    assert re.search(r"retiré.?: De lui\. ajouté.?: D’elle\.", words)
    assert kept == "D’elle."
    assert MailWording.objects.get().texts == {"closing": {"fr": "D’elle."}}
    assert MailWording.objects.get().version == 2


def test_variable_is_inserted_without_javascript_and_nothing_is_saved(client_of, mathilde, transcripts):
    browser = client_of(mathilde)
    first = browser.get(page_of(transcripts))

    page = browser.post(
        page_of(transcripts),
        typed(
            first, closing_fr="Bonjour", next_fr="Suite.", insert="1", variable="prenom", field="closing_fr"
        ),
    )

    form = page.context["form"]
    assert (form["closing_fr"].value(), form["next_fr"].value()) == ("Bonjour {{ prenom }}", "Suite.")
    assert not MailWording.objects.exists()


def test_english_alone_may_be_worded_where_our_french_stands(client_of, mathilde, transcripts):
    browser = client_of(mathilde)
    first = browser.get(page_of(transcripts))

    refused = browser.post(page_of(transcripts), typed(first, closing_en="Bye."))
    browser.post(page_of(transcripts), typed(first, news_en="It is in good hands."))

    assert "Écrivez d’abord ce texte en français." in words_of(refused)
    assert MailWording.objects.get().texts == {"news": {"en": "It is in good hands."}}


# --- going back ---------------------------------------------------------------------------------------
def test_versions_are_told_compared_and_taken_back(client_of, worded, mathilde, adam, transcripts):
    worded(transcripts, "taken", author=adam, closing_fr="Fermé en août.")
    worded(transcripts, "taken", author=mathilde, closing_fr="Fermé en juillet.")
    browser = client_of(mathilde)

    words = words_of(browser.get(page_of(transcripts)))
    browser.post(page_of(transcripts, name="mail_wording_restore"), {"revision": 2, "number": 1})

    assert re.search(r"Fermé en retiré.?: août\. ajouté.?: juillet\.", words)
    assert "Adam Colin" in words
    assert MailWording.objects.get().texts == {"closing": {"fr": "Fermé en août."}}
    assert "Reprend la version 1." in words_of(browser.get(page_of(transcripts)))


@pytest.mark.parametrize("number", ["", "9", "abc", "99999999999"])
def test_version_that_does_not_exist_is_not_found(number, client_of, worded, mathilde, transcripts):
    worded(transcripts, "taken", closing_fr="Fin.")

    answer = client_of(mathilde).post(
        page_of(transcripts, name="mail_wording_restore"), {"revision": 1, "number": number}
    )

    assert answer.status_code == 404


def test_original_comes_back_with_one_button(client_of, worded, mathilde, transcripts):
    worded(transcripts, "taken", closing_fr="Fin.")
    browser = client_of(mathilde)
    page = browser.get(page_of(transcripts))

    browser.post(page.context["revert_url"], {"revision": page.context["row"].version, "inherits": "1"})

    assert "Revenir au texte d’origine" in words_of(page)
    after = browser.get(page_of(transcripts))
    assert after.context["form"]["closing_fr"].value() == ""
    assert "Revenir au texte d’origine" not in words_of(after)


def test_going_back_in_an_old_window_changes_nothing(client_of, worded, mathilde, transcripts):
    worded(transcripts, "taken", closing_fr="Un.")
    worded(transcripts, "taken", closing_fr="Deux.")

    page = client_of(mathilde).post(
        page_of(transcripts, name="mail_wording_revert"), {"revision": 1}, follow=True
    )

    assert "relisez-le, puis recommencez" in words_of(page)
    assert MailWording.objects.get().texts == {"closing": {"fr": "Deux."}}


# --- preview ------------------------------------------------------------------------------------------
def test_preview_is_the_mail_of_a_real_request_in_the_words_typed(
    client_of, mathilde, lea, claire, transcripts
):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    browser, count = client_of(mathilde), OutgoingEmail.objects.count()
    first = browser.get(page_of(transcripts))
    sent = OutgoingEmail.objects.get(message="taken")

    page = browser.post(page_of(transcripts), typed(first, closing_fr="Fin, {{ prenom }}.", preview="1"))

    before, after = first.context["shown"].rendered, page.context["shown"].rendered
    assert (before.subject, before.text, before.html) == (sent.subject, sent.body_text, sent.body_html)
    assert f"[{ticket.reference}]" in after.subject
    assert "Fin, Léa." in after.text
    assert "Fin, Léa." in after.html
    assert not MailWording.objects.exists()
    assert OutgoingEmail.objects.count() == count


def test_preview_frames_the_mail_with_nothing_active(client_of, mathilde, lea, claire, transcripts):
    factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    page = client_of(mathilde).post(
        page_of(transcripts), {"revision": 0, "preview": "1", "closing_fr": "<script>alert(1)</script>"}
    )

    html = page.content.decode()
    assert re.search(r'<iframe[^>]*srcdoc="[^"]*&lt;!doctype html&gt;', html)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" not in page.context["shown"].rendered.html.replace(
        "&lt;script&gt;alert(1)", ""
    )
    policy = page.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'self' 'sha256-[\w+/]{43}='", policy)
    assert "unsafe" not in policy


def test_preview_shows_no_request_the_editor_does_not_read(
    client_of, mathilde, lea, transcripts, refunds, alert
):
    other = factories.ticket_in("in_progress", requester=lea, category=refunds)
    secret = factories.ticket_in("in_progress", requester=lea, category=alert)
    browser = client_of(mathilde)

    for ticket in (other, secret):
        page = browser.post(
            page_of(transcripts), {"revision": 0, "preview": "1", "preview_reference": ticket.reference}
        )
        assert page.context["shown"].rendered is None
        assert "Vous ne lisez aucune demande de ce numéro" in words_of(page)
    assert browser.get(page_of(transcripts)).context["shown"].events == []
    assert "Aucune demande que vous lisez" in words_of(browser.get(page_of(transcripts)))


def test_preview_for_guests_holds_nobodys_link(client_of, mathilde, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    factories.invite(ticket, "claude.petit@example.org")
    sent = OutgoingEmail.objects.get(message="guest_invited")
    secret = re.search(r"http\S+", sent.body_text)[0]

    shown = client_of(mathilde).get(page_of(transcripts, "guest_invited")).context["shown"]

    assert "Léa Fontaine" in shown.rendered.text
    assert secret not in shown.rendered.text + shown.rendered.html


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("message", sorted(EDITABLE))
def test_each_message_has_its_page(message, language, client_of, mathilde, lea, transcripts, claire):
    factories.ticket_in("refused", requester=lea, category=transcripts, handler=claire)

    page = client_of(mathilde).post(
        page_of(transcripts, message), {"revision": 0, "preview": "1", "preview_language": language}
    )

    assert page.status_code == 200
    assert page.context["shown"].language == language


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same(
    count, client_of, worded, mathilde, lea, claire, transcripts, django_assert_num_queries
):
    for number in range(count):
        factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
        worded(transcripts, "taken", closing_fr=f"Fin {number}.")
    browser = client_of(mathilde)

    with django_assert_num_queries(17):
        browser.get(page_of(transcripts))


def test_words_out_of_force_are_not_shown_as_edited(client_of, worded, adam, mathilde, transcripts):
    wording = worded(transcripts, "taken", closing_fr="Fin.")
    use_original(transcripts, "taken", author=adam, revision=wording.version, inherits=True)

    rows = client_of(mathilde).get(LIST, {"theme": transcripts.pk}).context["groups"][0][1]

    assert [row.wording for row in rows if row.place.message.name == "taken"] == [None]


def test_preview_offers_neither_her_own_requests_nor_confidential_ones(
    client_of, mathilde, lea, claire, transcripts, studies, alert
):
    grant_role(mathilde, alert, RoleKind.MANAGER)
    shown = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    factories.ticket_in("in_progress", requester=mathilde, category=transcripts, handler=claire)
    factories.ticket_in("in_progress", requester=lea, category=alert)

    events = client_of(mathilde).get(page_of(studies)).context["shown"].events

    assert [event.ticket for event in events] == [shown]
