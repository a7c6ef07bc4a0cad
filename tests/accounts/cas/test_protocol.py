import pytest

from accounts.cas.protocol import (
    MAX_LOGOUT_CHARACTERS,
    CASUnavailable,
    MalformedLogout,
    Proof,
    read_logout,
    read_validation,
)
from tests.accounts.cas_double import NAMESPACE, failure, success

SAMLP = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def order(*tickets, declaration="", doctype="", root="samlp:LogoutRequest"):
    indexes = "".join(f"<samlp:SessionIndex>{ticket}</samlp:SessionIndex>" for ticket in tickets)
    return f'{declaration}{doctype}<{root} {SAMLP} ID="1" Version="2.0">{indexes}</{root}>'


def test_a_good_ticket_proves_a_login_and_lists():
    body = success("lea", sn="D’Œuvre & <fils>", eduPersonAffiliation=["student", "member"], mail="")

    attributes = {"sn": ["D’Œuvre & <fils>"], "eduPersonAffiliation": ["student", "member"], "mail": [""]}
    assert read_validation(body) == Proof("lea", attributes)


def test_an_affiliation_given_once_is_one_affiliation():
    assert read_validation(success("lea", eduPersonAffiliation="employee")).attributes == {
        "eduPersonAffiliation": ["employee"]
    }


def test_an_attribute_named_user_is_not_the_login():
    assert read_validation(success("lea", user="admin")).login == "lea"


@pytest.mark.parametrize("code", ["INVALID_TICKET", "INVALID_SERVICE", "INVALID_TICKET_SPEC", ""])
def test_a_bad_ticket_proves_nothing(code):
    assert read_validation(failure(code)) is None


def test_a_success_without_login_proves_nothing():
    assert read_validation(success(" ")) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>502 Bad Gateway</body></html>",
        b"<cas:serviceResponse",
        b"\xff\xfe\x00garbage",
        b'<?xml version="1.0" encoding="martian"?><a/>',
        f"<cas:serviceResponse {NAMESPACE}/>".encode(),
        f"{BOMB}<cas:serviceResponse {NAMESPACE}>&b;</cas:serviceResponse>".encode(),
        success("lea").replace(b"cas:serviceResponse", b"cas:other"),
        success("lea").replace(b"www.yale.edu", b"evil.example"),
        failure("INTERNAL_ERROR"),
        failure("UNAUTHORIZED_SERVICE"),
    ],
    ids=[
        "empty",
        "html",
        "cut",
        "binary",
        "encoding",
        "hollow",
        "entities",
        "root",
        "namespace",
        "error",
        "service",
    ],
)
def test_an_answer_out_of_protocol_is_no_answer(body):
    with pytest.raises(CASUnavailable):
        read_validation(body)


@pytest.mark.parametrize(
    "declaration",
    ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n'],
    ids=["none", "bare", "utf8"],
)
def test_an_order_names_its_tickets(declaration):
    assert read_logout(order("ST-1", " ST-2 ", declaration=declaration)) == ["ST-1", "ST-2"]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "ST-1",
        "<samlp:LogoutRequest",
        order(),
        order(" "),
        order("ST-1", root="samlp:Other"),
        order("ST-1", doctype=BOMB),
        order("ST-1").replace("oasis", "evil"),
        order("ST-1") + " " * MAX_LOGOUT_CHARACTERS,
        "\x00" + order("ST-1"),
    ],
    ids=["empty", "text", "cut", "no ticket", "blank", "root", "entities", "namespace", "long", "nul"],
)
def test_what_is_no_order_is_refused(message):
    with pytest.raises(MalformedLogout):
        read_logout(message)
