"""A whole request as a ZIP: the same tree for everybody, written as it is sent.

Names inside are ours: a rank, then letters, digits, hyphens and underscores. So no name is reserved, too
long, the same as another but for its capitals, or a way out of the folder; LISEZ-MOI.txt gives the real ones.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from teledemande.french_dates import PARIS, instant_words
from tickets.files.gate import metadata_words
from tickets.files.sizes import size_words
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Attachment, Ticket
from tickets.timeline import Entry

INTERNAL = "interne"
README = "LISEZ-MOI.txt"
_STEM_MAX = 60
_CHUNK = 64 * 1024
# What each event is called in the name of a folder; the others by the verb of their address.
_NOUNS = {
    "submit": "depot",
    "ask": "question",
    "ask_items": "pieces-demandees",
    "answer": "reponse",
    "comment": "message",
    "note": "note",
    "close": "cloture",
    "refuse": "refus",
    "contest": "contestation",
}
_MARK = "\ufeff"  # so that every text editor reads accents


@dataclass(frozen=True)
class Member:
    """A file of the archive: where it goes, or why it is left out."""

    path: str
    file: Attachment
    entry: Entry
    reason: str = ""


def members_of(ticket: Ticket, entries: Iterable[Entry]) -> list[Member]:
    """Return the files of `entries`, each with its place in the archive of `ticket`, in order.

    `entries` are those their reader may see (tickets.timeline), so are the files.
    """
    ranks = {False: 0, True: 0}
    members = []
    for entry in entries:
        if not entry.files:
            continue
        ranks[entry.is_internal] += 1
        folder = _folder(ticket, entry, ranks[entry.is_internal])
        members += [
            Member(f"{folder}/{number:02d}-{_safe(file.name)}", file, entry, _why_not(file))
            for number, file in enumerate(entry.files, start=1)
        ]
    return members


def _folder(ticket: Ticket, entry: Entry, rank: int) -> str:
    top = f"{ticket.reference}/{INTERNAL}" if entry.is_internal else ticket.reference
    noun = _NOUNS.get(entry.kind) or TRANSITIONS[entry.kind].slug
    return f"{top}/{rank:02d}-{timezone.localdate(entry.at, PARIS)}-{noun}"


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    stem = slugify(path.stem)[:_STEM_MAX].strip("-_") or "fichier"
    suffix = slugify(path.suffix.lstrip("."))[:10]
    return f"{stem}.{suffix}" if suffix else stem


def _why_not(file: Any) -> str:
    if not file.is_open:
        return str(file.words)
    return "" if file.content.storage.exists(str(file.content.name)) else _("contenu introuvable")


def readme(ticket: Ticket, members: Iterable[Member], *, at: datetime) -> str:
    """Return the text that says what the archive holds, and what it does not, and why."""
    members = list(members)
    lines = [f"{ticket.reference} – {ticket.subject}"]
    lines += [_("Archive produite le %(when)s.") % {"when": instant_words(at)}, ""]
    for member in members:
        if not member.reason:
            lines += [*_described(ticket, member), ""]
    if left := [member for member in members if member.reason]:
        lines += [_("Fichiers qui ne sont pas dans l’archive"), ""]
        for member in left:
            lines += [f"{member.file.name} – {member.reason}", *_facts(member), ""]
    return _MARK + "\r\n".join(lines)


def _described(ticket: Ticket, member: Member) -> list[str]:
    path = member.path.removeprefix(f"{ticket.reference}/")
    return [path, _("  Nom d’origine : %(name)s") % {"name": member.file.name}, *_facts(member)]


def _facts(member: Member) -> list[str]:
    file = member.file
    facts = [
        _("  Taille : %(size)s (%(bytes)d octets)") % {"size": size_words(file.size), "bytes": file.size},
        _("  SHA-256 : %(digest)s") % {"digest": file.sha256},
        _("  Envoyé par %(who)s, %(when)s")
        % {"who": member.entry.actor_name, "when": instant_words(member.entry.at)},
        _("  Antivirus : %(verdict)s") % {"verdict": file.get_verdict_display()},
    ]
    if file.received_sha256:
        digest = {"digest": file.received_sha256}
        facts.append(_("  SHA-256 à la réception, avant retrait des métadonnées : %(digest)s") % digest)
    if words := metadata_words(file):
        facts.append(f"  {words}")
    return facts


def stream(ticket: Ticket, members: Iterable[Member], text: str, *, at: datetime) -> Iterator[bytes]:
    """Yield the archive piece by piece: never more than a piece of one file is in memory."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for member in members:
            if member.reason:
                continue
            info = _info(member.path, member.file.created_at, member.file.size)
            with archive.open(info, "w") as inside, member.file.content.open("rb") as content:
                for chunk in content.chunks(_CHUNK):
                    inside.write(chunk)
                    yield pipe.taken()
        archive.writestr(_info(f"{ticket.reference}/{README}", at, len(text)), text.encode())
    yield pipe.taken()


def _info(path: str, at: datetime, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, timezone.localtime(at, PARIS).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info.file_size = size  # past 2 GB, another form of header is needed
    return info


class _Pipe:
    """What `zipfile` writes to, and cannot seek in: it then writes sizes after each file."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, piece: bytes) -> int:
        """Take a piece of the archive."""
        self._waiting += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what waits is taken."""

    def close(self) -> None:
        """Do nothing."""

    def taken(self) -> bytes:
        """Return what was written since last time."""
        piece = bytes(self._waiting)
        self._waiting.clear()
        return piece
