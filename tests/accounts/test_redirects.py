import pytest

from accounts.redirects import landing, next_page, safe_path, with_next

OFF_SITE = [
    "https://evil.example/x",
    "//evil.example/x",
    "///evil.example",
    "https:///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    " https://evil.example",
    "demandes/",
    "\x00/demandes/",
    "/" + "a" * 2000,
]


@pytest.mark.parametrize("address", OFF_SITE)
def test_safe_path_refuses_what_is_no_path_of_this_site(address):
    assert safe_path(address) == ""


@pytest.mark.parametrize("address", ["/", "/demandes/?q=a&p=2#fin", "/demandes/nouvelle/élève/"])
def test_safe_path_keeps_paths(address):
    assert safe_path(address) == address


def test_next_is_read_from_the_form_before_the_address(rf):
    request = rf.post("/connexion/?next=/b/", {"next": "/a/"})

    assert next_page(request) == "/a/"


def test_landing_is_the_dashboard_when_next_leads_away(rf):
    assert landing(rf.get("/connexion/", {"next": "//evil.example"})) == "/demandes/"


def test_with_next_quotes():
    assert with_next("/connexion/", "/a/?b=1&c=2") == "/connexion/?next=%2Fa%2F%3Fb%3D1%26c%3D2"
    assert with_next("/connexion/", "") == "/connexion/"
    assert with_next("/connexion/", "/a/", adresse=1) == "/connexion/?adresse=1&next=%2Fa%2F"
