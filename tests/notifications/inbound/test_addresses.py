"""Addresses a mail is answered to: ours, and nobody else's."""

import pytest

from notifications.inbound.addresses import Reply, reply_address, reply_of


def test_address_names_the_request_and_the_person():
    address = reply_address(12, 34)

    assert address.startswith("demandes+r12-34-")
    assert reply_of(address) == reply_of(f"Télé-demande <{address.upper()}>") == Reply(12, 34)


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address.replace("r12-", "r13-"),
        lambda address: address.replace("-34-", "-35-"),
        lambda address: address.replace("@tele-demande", "@ailleurs"),
        lambda address: address.replace("demandes+", "autre+"),
        lambda address: address.replace("r12-34-", "r012-34-"),
        lambda address: address[: address.index("@") - 1] + address[address.index("@") :],
        lambda address: "demandes@tele-demande.example.org",
        lambda address: "",
    ],
    ids=["request", "person", "domain", "base", "zero", "cut", "bare", "empty"],
)
def test_address_that_is_not_ours_names_nothing(change):
    assert reply_of(change(reply_address(12, 34))) is None


def test_address_of_another_secret_names_nothing(settings):
    address = reply_address(12, 34)

    settings.SECRET_KEY = "autre"

    assert reply_of(address) is None
