import pytest
from django.core.exceptions import ValidationError

from accounts.forms.fields import AddressField, LineField, NameField, PasswordField


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Jean\u00a0Paul \n", "Jean Paul"),
        ("Jo\u0308rg", "Jörg"),
        ("D’Œuvre-L'Évêque", "D’Œuvre-L'Évêque"),
        ("J. R. Martin", "J. R. Martin"),
        ("Иван", "Иван"),
        ("Nguyễn Thị", "Nguyễn Thị"),
        ("Za\u202eo\u200b", "Zao"),
    ],
)
def test_names_of_all_people_are_taken(typed, cleaned):
    assert NameField().clean(typed) == cleaned


@pytest.mark.parametrize(
    "typed",
    [
        "http://evil.example",
        "evil.example",
        "Gagnez 1000 euros",
        "a@b",
        "-",
        "<b>x</b>",
        "x, y",
        "Bonjour\x1b[31m!",
    ],
)
def test_a_name_carries_no_message(typed):
    with pytest.raises(ValidationError):
        NameField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [("\u200bMarc@Example.org\u00a0", "marc@example.org"), ("marc@exämple.org", "marc@xn--exmple-cua.org")],
)
def test_an_address_is_cleaned_of_what_a_paste_brings(typed, cleaned):
    assert AddressField().clean(typed) == cleaned


@pytest.mark.parametrize("typed", ["marc", "marc@", "é@example.org", "a b@example.org", "a@b@c.org"])
def test_what_is_no_address_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refusal:
        AddressField().clean(typed)

    expected = "Indiquez une adresse électronique complète, par exemple prenom.nom@exemple.fr."
    assert refusal.value.messages == [expected]


def test_a_password_keeps_its_spaces_and_loses_its_composition():
    field = PasswordField(autocomplete="new-password")

    assert field.clean(" e\u0301te\u0301 ") == " été "


def test_a_line_is_one_line():
    assert LineField().clean("a\r\nb\tc\x00") == "a b c"
