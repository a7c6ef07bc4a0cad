"""Django's lists take lookups from the address: letter by letter, they would tell what no page shows."""

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail


@pytest.fixture
def adams(client_of, adam):
    """The browser of the administrator."""
    return client_of(adam)


@pytest.fixture
def secret_mail(db):
    return OutgoingEmail.objects.create(
        message="account_password",
        to="marc.aubert@example.org",
        subject="Votre mot de passe",
        body_text="http://127.0.0.1:8000/compte/mot-de-passe/tres-secret/",
        is_secret=True,
    )


@pytest.mark.parametrize(
    "lookup",
    ["body_text__contains", "body_html__regex", "subject__startswith", "headers__contains", "is_secret"],
)
def test_secret_of_a_mail_is_not_guessed_by_its_list(adams, secret_mail, lookup):
    address = reverse("admin:notifications_outgoingemail_changelist")

    # The list reads its own form alone: a guess, right or wrong, shows what no guess shows.
    for guess in ("tres", "faux"):
        assert list(adams.get(address, {lookup: guess}).context["cl"].result_list) == [secret_mail]


@pytest.mark.parametrize("lookup", ["password__startswith", "address_line1__contains", "capacity"])
def test_password_of_a_person_is_not_guessed_by_the_list(adams, marc, lookup):
    response = adams.get(reverse("admin:accounts_user_changelist"), {lookup: marc.password[:3]})

    assert response.status_code == 400


@pytest.mark.parametrize("lookup", ["user__password__startswith", "user__identity", "category__note"])
def test_roles_tell_nothing_of_their_holders(adams, claire, lookup):
    response = adams.get(reverse("admin:categories_role_changelist"), {lookup: "a"})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("page", "lookup"),
    [
        ("notifications_outgoingemail", {"etat": "queued"}),
        ("accounts_user", {"is_staff__exact": "1"}),
        ("categories_role", {"kind__exact": "handler"}),
    ],
)
def test_filters_shown_still_narrow(adams, secret_mail, claire, page, lookup):
    response = adams.get(reverse(f"admin:{page}_changelist"), lookup)

    assert response.status_code == 200
    assert response.context["cl"].queryset.exists()
