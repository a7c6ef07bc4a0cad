"""Five hundred mails nobody honest writes: each is kept and sorted, none stops the next one."""

import random

import pytest

from notifications.inbound.reception import receive
from notifications.models import Fate, IncomingEmail

pytestmark = pytest.mark.django_db

MUTATIONS = 460


def nested(depth, kind):
    """Return a mail in a mail in a mail, or parts in parts in parts."""
    lines = []
    for level in range(depth):
        if kind == "message":
            lines.append("Content-Type: message/rfc822\n\nSubject: dedans")
        else:
            lines.append(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}')
    return "\n".join([*lines, "Content-Type: text/plain\n\nAu fond.\n"]).encode()


def with_type(kind, body, *, encoding="8bit"):
    """Return a mail of one part."""
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + body


ICS = b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n"
STRANGE = {
    "empty": b"",
    "zeros": b"\0" * 5000,
    "no body": b"Subject: rien",
    "no header": b"\n\nBonjour",
    "binary": bytes(range(256)) * 40,
    "100 messages": nested(100, "message"),
    "100 parts": nested(100, "parts"),
    "2000 messages": nested(2000, "message"),
    "2000 parts": nested(2000, "parts"),
    "unknown charset": with_type("text/plain; charset=klingon", "é".encode()),
    "charset that is code": with_type("text/plain; charset=rot13", b"Bonjour"),
    "charset of nothing": with_type('text/plain; charset=""', b"Bonjour"),
    "utf-7": with_type("text/plain; charset=utf-7", b"+ADw-script+AD4-"),
    "utf-16": with_type("text/plain; charset=utf-16", "Bonjour".encode("utf-16")),
    "bad base64": with_type("text/plain", b"====@@@@", encoding="base64"),
    "bad quoted": with_type("text/plain", b"=ZZ=\n=\n", encoding="quoted-printable"),
    "uuencode": with_type("text/plain", b"begin 644 x\n#0V%T\n", encoding="x-uuencode"),
    "html": with_type("text/html", b"<svg onload=alert(1)><p>Bonjour"),
    "deep html": with_type("text/html", b"<div>" * 20_000 + b"Bonjour"),
    "winmail": with_type("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22" + b"\0" * 60),
    "calendar": with_type("text/calendar; method=REQUEST", ICS),
    "null in subject": b"Subject: a\0b\n\nBonjour\0",
    "long subject": b"Subject: " + b"x" * 200_000 + b"\n\nBonjour",
    "broken words": b"Subject: =?utf-8?b?////?= =?utf-8?q?=ff?=\n\nBonjour",
    "injection": b"Subject: a\n Bcc: x@example.org\n\nBonjour",
    "many recipients": b"To: " + b", ".join(b"a%d@example.org" % n for n in range(5000)) + b"\n\nBonjour",
    "many headers": b"X-A: b\n" * 20_000 + b"\nBonjour",
    "no boundary": b"Content-Type: multipart/mixed\n\nBonjour",
    "boundary of nothing": b'Content-Type: multipart/mixed; boundary=""\n\n--\nBonjour',
    "lines of spaces": with_type("text/plain", b" \n" * 100_000),
    "one line": with_type("text/plain", b"On " * 100_000),
    "bad date": b"Date: Thu, 99 Foo 99999\n\nBonjour",
    "bad sender": b'From: "<>@,;:\\" <<a@@b>\n\nBonjour',
    "sender of a list": b"From: a@example.org, b@example.org\n\nBonjour",
    "reference to a file": with_type("message/external-body; access-type=local-file; name=/etc/passwd", b""),
    "path in a name": with_type('application/pdf; name="../../etc/passwd"', b"%PDF-1.4"),
    "report without report": with_type("multipart/report; report-type=delivery-status; boundary=b", b"--b--"),
    "surrogates": b"Subject: =?utf-8?b?7aCA?=\n\nBonjour",
    "large": with_type("application/octet-stream; name=x.bin", b"A" * 50_000_000, encoding="base64"),
}


@pytest.mark.parametrize("raw", STRANGE.values(), ids=list(STRANGE))
@pytest.mark.parametrize("is_addressed", [True, False], ids=["to a request", "to nobody"])
def test_strange_mail_is_kept_and_sorted(raw, is_addressed, ticket, lea, letter):
    if is_addressed:
        head = letter().split(b"\n\n", 1)[0]
        own = (b"From", b"To", b"Message-ID")
        raw = b"\n".join(line for line in head.splitlines() if line.startswith(own)) + b"\n" + raw

    row = receive(raw)

    assert row.fate not in {Fate.RECEIVED, Fate.LOOP}
    assert row.size == len(raw)
    assert receive(letter()).fate == Fate.APPLIED


def test_hundreds_of_damaged_mails_are_kept(letter, ticket):
    chance = random.Random(2026)
    model = letter("Voici.", html="<p>Voici.</p>", files=[("a.pdf", b"%PDF-1.4\n")])

    for _again in range(MUTATIONS):
        receive(damaged(model, chance))

    fates = set(IncomingEmail.objects.values_list("fate", flat=True))
    assert IncomingEmail.objects.count() >= MUTATIONS - 5  # some damages are the same
    assert Fate.RECEIVED not in fates
    assert {Fate.APPLIED, Fate.QUARANTINED} <= fates


def damaged(raw, chance):
    """Return `raw` with bytes changed, cut out or repeated."""
    damage = bytearray(raw)
    for _again in range(chance.randint(1, 30)):
        place = chance.randrange(len(damage))
        how = chance.randrange(3)
        if how == 0:
            damage[place] = chance.randrange(256)
        elif how == 1:
            del damage[place : place + chance.randint(1, 20)]
        else:
            damage[place:place] = damage[place : place + chance.randint(1, 40)]
    return bytes(damage)
