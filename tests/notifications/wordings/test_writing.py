"""Who writes the words of mails, what is refused, what is kept."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from notifications.models import MailWording, MailWordingVersion
from notifications.wordings.writing import StaleWordingError, may_word, restore_version, use_original
from notifications.wordings.zones import EDITABLE
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "themes"),
    [("lea", []), ("claire", []), ("mathilde", ["transcripts"]), ("adam", ["transcripts", "refunds", "all"])],
)
def test_each_words_the_mails_of_her_themes(person, themes, request, transcripts, refunds, alert):
    who = request.getfixturevalue(person)
    places = {"transcripts": transcripts, "refunds": refunds, "alert": alert, "all": None}

    assert [name for name, place in places.items() if may_word(who, place)] == themes


def test_what_is_not_hers_is_not_written(worded, mathilde, refunds, alert, transcripts):
    for place in (refunds, alert, None):
        with pytest.raises(PermissionDenied):
            worded(place, "taken", author=mathilde, closing_fr="Fin.")
    with pytest.raises(PermissionDenied):
        worded(transcripts, "refused", author=mathilde, news_fr="Votre demande est acceptée.")
    with pytest.raises(PermissionDenied):
        worded(transcripts, "receipt", author=mathilde, headline_fr="Rien")

    assert not MailWording.objects.exists()


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ({"news_fr": "{{ prénom }}"}, {"news_fr": "« prénom » n’est pas une variable connue"}),
        ({"next_fr": "{{ ticket.requester.password }}"}, {"next_fr": "« ticket.requester.password » n’est"}),
        ({"closing_fr": "{% include 'x' %}"}, {"closing_fr": "« {% » est seul"}),
        ({"closing_fr": "x" * 2_001}, {"closing_fr": "trop long"}),
        ({"headline_fr": "x" * 61}, {"headline_fr": "trop long"}),
        ({"headline_fr": "a\nBcc: x@example.org"}, {"headline_fr": "une ligne"}),
        ({"closing_en": "Bye."}, {"closing_fr": "Écrivez d’abord ce texte en français."}),
        (
            {"news_fr": "{{ a }}", "closing_fr": "}}"},
            {"news_fr": "« a » n’est", "closing_fr": "« }} » est seul"},
        ),
    ],
)
def test_what_a_mail_could_not_say_is_refused_by_field(words, faults, worded, transcripts):
    with pytest.raises(ValidationError) as refusal:
        worded(transcripts, "taken", **words)

    said = {name: " ".join(found).replace("\xa0", " ") for name, found in refusal.value.message_dict.items()}
    assert set(said) == set(faults)
    assert all(fault in said[name] for name, fault in faults.items())
    assert not MailWording.objects.exists()


def test_refusal_of_a_variable_names_those_allowed(worded, transcripts):
    with pytest.raises(ValidationError) as refusal:
        worded(transcripts, "announcement", closing_fr="{{ objet }}")

    assert refusal.value.messages[0].replace("\xa0", " ") == (
        "« objet » n’est pas une variable connue. Celles qui existent : reference, theme, evenement."
    )


def test_each_version_says_who_what_and_where_it_comes_from(worded, adam, mathilde, transcripts):
    worded(transcripts, "taken", author=mathilde, closing_fr="Un.")
    second = worded(transcripts, "taken", author=adam, closing_fr="Deux.", news_fr=" Nouvelle. ", next_fr=" ")
    third = restore_version(transcripts, "taken", 1, author=mathilde, revision=second.version)
    use_original(transcripts, "taken", author=adam, revision=third.version, inherits=True)

    assert list(
        MailWordingVersion.objects.values_list("number", "author", "texts", "is_in_force", "restores")
    ) == [
        (4, adam.pk, {}, False, None),
        (3, mathilde.pk, {"closing": {"fr": "Un."}}, True, 1),
        (2, adam.pk, {"closing": {"fr": "Deux."}, "news": {"fr": "Nouvelle."}}, True, None),
        (1, mathilde.pk, {"closing": {"fr": "Un."}}, True, None),
    ]


def test_second_window_is_told_and_overwrites_nothing(worded, adam, mathilde, transcripts):
    worded(transcripts, "taken", author=adam, revision=0, closing_fr="Première.")

    with pytest.raises(StaleWordingError) as refusal:
        worded(transcripts, "taken", author=mathilde, revision=0, closing_fr="Seconde.")

    assert refusal.value.wording.texts == {"closing": {"fr": "Première."}}
    assert MailWording.objects.get().texts == {"closing": {"fr": "Première."}}


def test_second_click_writes_no_second_version(worded, mathilde, transcripts):
    for _click in range(2):
        worded(transcripts, "taken", author=mathilde, revision=0, closing_fr="Fin.")

    assert MailWordingVersion.objects.count() == 1


def test_version_whose_variable_is_gone_does_not_come_back(worded, adam, transcripts):
    worded(transcripts, "taken", closing_fr="Un.")
    second = worded(transcripts, "taken", closing_fr="Deux.")
    MailWordingVersion.objects.filter(number=1).update(texts={"closing": {"fr": "{{ ancienne }}"}})

    with pytest.raises(ValidationError):
        restore_version(transcripts, "taken", 1, author=adam, revision=second.version)

    assert MailWording.objects.get().texts == {"closing": {"fr": "Deux."}}


def test_every_message_may_be_completed(worded, transcripts):
    for message in EDITABLE:
        worded(transcripts, message, closing_fr="Fin.")

    assert MailWording.objects.count() == len(EDITABLE)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_save_at_once_one_is_told(worded, adam, transcripts):
    def save(words):
        return lambda: worded(transcripts, "taken", author=adam, revision=0, closing_fr=words)

    results = at_once(save("Une."), save("Deux."))

    assert sorted(type(result).__name__ for result in results) == ["MailWording", "StaleWordingError"]
    assert MailWordingVersion.objects.count() == 1
    assert MailWording.objects.get().version == 1
