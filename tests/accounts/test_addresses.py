import pytest

from accounts.addresses import UnusableAddress, is_university, normalise


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (" Marc.Aubert@Example.ORG ", "marc.aubert@example.org"),
        ("marc@exämple.org", "marc@xn--exmple-cua.org"),
        ("marc@ｅxample.org", "marc@example.org"),
        ("a@b@example.org", "a@b@example.org"),
    ],
    ids=["case", "accent in the domain", "full-width letter", "two signs"],
)
def test_normalise_gives_one_way_of_writing(typed, expected):
    assert normalise(typed) == expected


@pytest.mark.parametrize(
    "typed", ["", "marc", "@example.org", "marc@", "mar\u212a@example.org", "é@example.org", "a@.fr"]
)
def test_normalise_refuses_what_is_no_address_or_looks_like_another(typed):
    with pytest.raises(UnusableAddress):
        normalise(typed)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("a@univ-amu.fr", True),
        ("a@etu.univ-amu.fr", True),
        ("a@x.etu.univ-amu.fr", True),
        ("a@notuniv-amu.fr", False),
        ("a@univ-amu.fr.example.org", False),
        ("univ-amu.fr@example.org", False),
    ],
)
def test_is_university_knows_its_domains_and_their_sub_domains(email, expected):
    assert is_university(email) is expected
