"""Make people, themes and requests for tests. Requests go through the real services, never around them."""

import base64
import io
import struct
import uuid
import zipfile
import zlib
from datetime import timedelta

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from categories.enums import Priority, RoleKind
from categories.faq.services import save_entry
from categories.models import Category, FaqEntry, Service
from categories.roles import grant_role
from tickets.lifecycle.enums import Outcome, Status
from tickets.models import Ticket
from tickets.services.drafts import add_files, keep_draft
from tickets.services.filing import open_ticket
from tickets.services.given import Given
from tickets.services.moving import apply_transition

PASSWORD = "Cigale-Mistral-Calanque-13"


# --- people and themes -------------------------------------------------------------------------------
class PersonFactory(DjangoModelFactory):
    """Somebody who comes through CAS, with a postal address."""

    class Meta:
        model = User

    login = factory.Sequence(lambda n: f"personne{n}")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin-{n}")
    email = factory.LazyAttribute(lambda person: f"{person.login}@etu.example.org")
    address_line1 = "3 rue des Lilas"
    postal_code = "13001"
    city = "Marseille"

    @classmethod
    def _create(cls, model_class, *, login, **fields):
        return User.objects.create_cas(login, **fields)


class LocalPersonFactory(PersonFactory):
    """Somebody from outside; the password is PASSWORD unless said otherwise."""

    login = None
    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *, login, email, password, **fields):
        return User.objects.create_local(email, password, **fields)


class ServiceFactory(DjangoModelFactory):
    """A department with its four legal mentions."""

    class Meta:
        model = Service

    slug = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    postal_address = "58 boulevard de l’Exemple, 13000 Marseille"
    email = factory.LazyAttribute(lambda service: f"{service.slug}@example.org")
    phone = "04 00 00 00 00"


class BranchFactory(DjangoModelFactory):
    """A node of the tree that takes no request."""

    class Meta:
        model = Category

    slug = factory.Sequence(lambda n: f"branche-{n}")
    name = factory.Sequence(lambda n: f"Branche {n}")


class LeafFactory(BranchFactory):
    """A theme that takes requests."""

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: f"Thème {n}")
    is_leaf = True
    service = factory.SubFactory(ServiceFactory)
    legal_basis = "CRPA, L231-1"


def question(title="Quand reçoit-on son relevé\u00a0?", *themes, body="Sous **dix** jours.", **fields):
    """Write a frequent question as staff would."""
    return save_entry(FaqEntry(title=title, body=body, **fields), themes=list(themes))


def handler_on(category, kind=RoleKind.HANDLER, **fields):
    """Return a new person with a role on `category`."""
    person = PersonFactory(**fields)
    grant_role(person, category, kind)
    return person


# --- requests ------------------------------------------------------------------------------------------
def draft_of(requester, category, *, key=None, subject="Relevé de notes", message="Bonjour.", files=()):
    """Return a draft of a request, its files accepted."""
    draft = keep_draft(
        key or uuid.uuid4(),
        owner=requester,
        values={"subject": subject, "message": message},
        category=category,
    )
    assert add_files(draft, files) == []
    return draft


def file_ticket(requester=None, category=None, **words):
    """File a request as a person would: a draft with its files (see `draft_of`), then the request."""
    requester = requester or PersonFactory()
    draft = draft_of(requester, category or LeafFactory(), **words)
    return open_ticket(draft.key, requester=requester)


# What a person gives with each move, when a test does not care.
GIVEN = {
    "ask": {"message": "Quel est votre numéro d’étudiant ?"},
    "ask_items": {
        "items": ("Attestation CVEC", "Justificatif du motif du retard"),
        "legal_basis": "Code de l’éducation, D612-4",
        "deadline": timezone.localdate() + timedelta(days=30),
        "is_indispensable": True,
    },
    "answer": {"message": "Le 21304567."},
    "comment": {"message": "Une précision."},
    "note": {"message": "À voir avec le service."},
    "close": {"message": "Voici votre relevé.", "outcome": Outcome.ACCEPTED},
    "refuse": {"message": "Le délai de l’article 4 est passé depuis le 1er mars."},
    "contest": {"message": "Le relevé du second semestre manque."},
    "take_and_ask": {"message": "Quel est votre numéro d’étudiant ?"},
    "take_and_close": {"message": "Voici votre relevé.", "outcome": Outcome.ACCEPTED},
    "move": {"message": "C’est votre thème."},
    "give_back": {"message": "Ce n’est pas le nôtre."},
    "change_subject": {"subject": "Relevé du second semestre"},
    "change_priority": {"priority": Priority.HIGH},
    "transmit": {
        "administration": "Rectorat de l’exemple",
        "contact": "1 place de l’Exemple, 13000 Marseille",
        "message": "Le rectorat délivre ce document.",
    },
    "reach": {"message": "Appelée ce matin, elle corrige son adresse."},
    "report_abuse": {"message": "Mille envois du même texte en une nuit."},
    "confirm_abuse": {"message": "Les envois viennent d’un programme."},
    "clear_abuse": {"message": "C’était une panne de son navigateur."},
    "invite": {"email": "claude.petit@example.org"},
    "change_requester": {"message": "Demande déposée avec le compte d’une autre personne."},
    "admin_access": {"message": "Signalement technique n° 12."},
    "publish_solution": {"question": "Quand vient le relevé\u00a0?", "solution": "Sous dix jours."},
    "accept_solution": {"question": "Quand vient le relevé\u00a0?", "solution": "Sous dix jours."},
    "decline_solution": {"message": "Déjà dans les questions."},
    "reopen": {"message": "Le relevé reçu est celui d’une autre personne."},
}


def move(ticket, name, actor, *, at=None, **given):
    """Make the move `name`, and return the request as the database holds it."""
    # Whoever takes knows who has the request, unless the test says what she had read.
    knows = {"seen": _events_of(ticket)} if name.startswith("take") else {}
    given = Given(**(GIVEN.get(name, {}) | knows | given))
    return apply_transition(ticket.pk, name, actor=actor, given=given, at=at)


def _events_of(ticket):
    return Ticket.objects.values_list("event_count", flat=True).get(pk=ticket.pk)


def move_draft(ticket, name, owner, *, files=(), message=""):
    """Return a draft of the move `name` with its files; its key goes into `move(…, key=draft.key)`."""
    draft = keep_draft(uuid.uuid4(), owner=owner, values={"message": message}, ticket=ticket, move=name)
    assert add_files(draft, files) == []
    return draft


def invite(ticket, guest, by=None):
    """Invite `guest` (a person, or an address) as the requester would, and return the row."""
    email = guest if isinstance(guest, str) else guest.email
    move(ticket, "invite", by or ticket.requester, email=email)
    return ticket.participants.current().latest("pk")


# The moves that lead to each status, by whom: R the requester, H the handler, S Télé-demande, much later.
PATHS = {
    Status.SUBMITTED: (),
    Status.IN_PROGRESS: (("take", "H"),),
    Status.WAITING: (("take", "H"), ("ask", "H")),
    Status.CLOSED: (("take", "H"), ("close", "H")),
    Status.APPROVED: (("take", "H"), ("close", "H"), ("approve", "R")),
    Status.REFUSED: (("take", "H"), ("refuse", "H")),
    Status.CANCELLED: (("withdraw", "R"),),
    Status.POSTPONED: (("take", "H"), ("postpone", "H")),
    Status.EXPIRED: (("take", "H"), ("close", "H"), ("expire", "S")),
    Status.TRANSMITTED: (("take", "H"), ("transmit", "H")),
    Status.MERGED: (("merge", "H"),),
}


def _needed(name, ticket):
    if name == "postpone":
        return {"recall_on": timezone.localdate() + timedelta(days=7)}
    return {"other": file_ticket(ticket.requester, ticket.category)} if name == "merge" else {}


def ticket_in(status, *, requester=None, category=None, handler=None, **words):
    """Return a request in `status`, brought there by real moves; people and theme are made if not given."""
    ticket = file_ticket(requester, category, **words)
    path = PATHS[Status(status)]
    if handler is None and any(who == "H" for _name, who in path):
        handler = handler_on(ticket.category)
    people = {"H": handler, "R": ticket.requester, "S": None}
    for name, who in path:
        given = _needed(name, ticket)
        at = timezone.now() + timedelta(days=40) if who == "S" else None
        ticket = move(ticket, name, people[who], at=at, **given)
    assert ticket.status == status
    return ticket


# --- files ---------------------------------------------------------------------------------------------
def pdf_bytes(text="Bonjour"):
    """Return a one-page PDF that readers open."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode("latin-1", "replace")
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    result, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start, count = len(result), len(bodies) + 1
    result += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return result + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def jpeg_bytes():
    """Return a JPEG of one pixel."""
    flat = b"\xff" * 64  # a quantisation table
    return (
        base64.b64decode("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAA==")
        + flat
        + base64.b64decode("/8IACwgAAQABAQERAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8Q")
        + b"\xff\xd9"
    )


def png_bytes():
    """Return a white PNG of one pixel."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff"))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def zip_bytes(entries):
    """Return an archive of `entries` (name → bytes), in that order, the first one stored as it is."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for rank, (name, body) in enumerate(entries.items()):
            archive.writestr(name, body, zipfile.ZIP_STORED if rank == 0 else None)
    return result.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt_bytes(text="Bonjour"):
    """Return a text document that office suites open."""
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<?xml version="1.0"?><m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.3">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    content = (
        f'<?xml version="1.0"?><o:document-content xmlns:o="{_ODF}:office:1.0" xmlns:t="{_ODF}:text:1.0" '
        f'o:version="1.3"><o:body><o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>'
    )
    return zip_bytes({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def pdf(name="relevé.pdf"):
    """Return a PDF as a form receives it."""
    return SimpleUploadedFile(name, pdf_bytes(), "application/pdf")


def jpeg(name="photo.jpg"):
    """Return a photograph as a form receives it."""
    return SimpleUploadedFile(name, jpeg_bytes(), "image/jpeg")


def png(name="capture.png"):
    """Return a screenshot as a form receives it."""
    return SimpleUploadedFile(name, png_bytes(), "image/png")


def odt(name="lettre.odt"):
    """Return a letter as a form receives it."""
    return SimpleUploadedFile(name, odt_bytes(), "application/vnd.oasis.opendocument.text")
