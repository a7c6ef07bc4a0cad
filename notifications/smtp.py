"""Hand one mail to the SMTP server, and turn what happens into three cases: taken, later, never."""

import binascii
import smtplib
from email.header import Header
from functools import cache

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from notifications.inbound.addresses import bounce_address, is_open
from notifications.wording import one_line

ANSWER_LENGTH = 500
_BY_SMTP = "django.core.mail.backends.smtp.EmailBackend"


def server_name() -> str:
    """Return the name of the server mails are handed to, or an empty string when it is none."""
    return settings.EMAIL_HOST if settings.EMAIL_BACKEND == _BY_SMTP else ""


class DeliveryError(Exception):
    """The mail was not taken; `str(error)` is what the server, or the system, answered."""

    def __init__(self, answer):
        super().__init__(one_line(answer, ANSWER_LENGTH))


class TryLaterError(DeliveryError):
    """Not now: 4xx, cut connection, time-out."""


class SilentError(TryLaterError):
    """No answer in time, on a connection that was open."""


class UnreachableError(TryLaterError):
    """Nobody to hand mails to: what follows need not be tried now either."""


class RefusedError(DeliveryError):
    """Never: 5xx, or a mail that cannot be written at all."""


class _Smtp(smtplib.SMTP):
    """Keep the server's last answer to DATA: it is the proof that the mail was taken."""

    last_answer = ""
    has_begun = False  # the mail in hand was, or may have been, given to the server

    def data(self, msg):
        self.has_begun = True
        code, reply = super().data(msg)
        self.last_answer = _words(code, reply)
        return code, reply


class _SmtpOverTls(smtplib.SMTP_SSL, _Smtp):
    """The same over TLS."""


class ListeningBackend(EmailBackend):
    """Django's SMTP backend, which keeps the answer to the last mail."""

    @property
    def connection_class(self):
        return _SmtpOverTls if self.use_ssl else _Smtp


class _EndedError(Exception):
    """The server ended the connection before anything of the mail was given to it."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class Post:
    """The way out: one connection for several mails, opened when needed, dropped at the first trouble."""

    def __init__(self):
        by_smtp = settings.EMAIL_BACKEND == _BY_SMTP
        self._backend = ListeningBackend() if by_smtp else get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._drop()

    def hand(self, mail):
        """Hand `mail` over and return the server's answer. Raises a DeliveryError."""
        message = _message(mail)
        has_served = not self._open()
        try:
            return self._say(message)
        except _EndedError as ended:
            if not has_served:
                raise ended.reason from ended
        # Servers end a connection that was idle, or gave enough mails: another one takes this mail.
        self._open()
        try:
            return self._say(message)
        except _EndedError as ended:
            raise ended.reason from ended

    def _say(self, message):
        connection = getattr(self._backend, "connection", None)
        if connection is not None:
            connection.has_begun = False
        try:
            self._backend.send_messages([message])
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            reason = _reason(error)
            if _ends_the_connection(error, reason) and not getattr(connection, "has_begun", True):
                raise _EndedError(reason) from error
            raise reason from error
        except ValueError as error:  # an address or a header no mail may carry
            self._drop()
            raise RefusedError(error) from error
        return one_line(getattr(connection, "last_answer", ""), ANSWER_LENGTH)

    def _open(self):
        """Open the connection unless it is; return whether that was needed."""
        try:
            return self._backend.open()
        except (smtplib.SMTPException, OSError) as error:
            # Whatever its code: an identification refused is our setting's fault, not this mail's.
            self._drop()
            raise UnreachableError(_answer(error)) from error

    def _drop(self):
        try:
            self._backend.close()
        except (smtplib.SMTPException, OSError):
            self._backend.connection = None


class _Message(EmailMultiAlternatives):
    """A mail that crosses any server unchanged: seven-bit bodies, lines of 76 characters at most.

    Django leaves bodies in eight bits, which a server on the way may write again, and counts 76 columns of
    subject without « Subject: »; the line is then folded before its first word, and readers that keep the
    fold show a space.
    """

    def message(self, *args, **options):
        subject, self.subject = self.subject, ""  # written once, by us: it costs more than all the rest
        try:
            built = super().message(*args, **options)
        finally:
            self.subject = subject
        if "\n" in subject or "\r" in subject:
            raise BadHeaderError("a subject is one line")
        del built["Subject"]
        built["Subject"] = Header(subject, "utf-8", 75, "Subject").encode(linesep="")
        for part in built.walk():
            if part.get_content_maintype() == "text":
                _quote(part)
        return built


def _quote(part):
    """Write a text in quoted-printable. By `binascii`: `email` would take milliseconds a mail."""
    text = part.get_payload(decode=True)
    part.replace_header("Content-Transfer-Encoding", "quoted-printable")
    part.set_payload(binascii.b2a_qp(text).decode("ascii"))


@cache
def _written(address):
    """Return `address` as a header carries it: the same for all mails, and long to encode."""
    return sanitize_address(address, settings.DEFAULT_CHARSET)


def _message(mail):
    sender = _written(settings.DEFAULT_FROM_EMAIL)
    headers = mail.headers | {"From": sender}
    # Servers report to an address that names the mail; readers see who writes.
    envelope = bounce_address(mail.pk) if is_open() else sender
    message = _Message(
        subject=mail.subject, body=mail.body_text, from_email=envelope, to=[mail.to], headers=headers
    )
    if mail.body_html:
        message.attach_alternative(mail.body_html, "text/html")
    return message


def _reason(error):
    code = _code(error)
    answer = _answer(error)
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib hides it
        return SilentError(answer)
    return RefusedError(answer) if 500 <= code < 600 else TryLaterError(answer)


def _ends_the_connection(error, reason):
    is_cut = isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError)
    return not isinstance(reason, SilentError) and (is_cut or _code(error) == 421)


def _code(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):  # one recipient per mail
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", 0)


def _answer(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _words(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _words(code, reply):
    return f"{code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"
