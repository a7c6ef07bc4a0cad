"""Hand one mail to the SMTP server, and turn what happens into three cases: taken, later, never."""

import binascii
import smtplib
from email.header import Header

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from notifications.inbound.addresses import bounce_address, is_open
from notifications.wording import one_line

ANSWER_LENGTH = 500


class DeliveryError(Exception):
    """The mail was not taken; `str(error)` is what the server, or the system, answered."""

    def __init__(self, answer):
        super().__init__(one_line(answer, ANSWER_LENGTH))


class TryLaterError(DeliveryError):
    """Not now: 4xx, cut connection, time-out."""


class UnreachableError(TryLaterError):
    """Nobody to hand mails to: what follows need not be tried now either."""


class RefusedError(DeliveryError):
    """Never: 5xx, or a mail that cannot be written at all."""


class _Smtp(smtplib.SMTP):
    """Keep the server's last answer to DATA: it is the proof that the mail was taken."""

    last_answer = ""

    def data(self, msg):
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


class Post:
    """The way out: one connection for several mails, opened when needed, dropped at the first trouble."""

    def __init__(self):
        by_smtp = settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
        self._backend = ListeningBackend() if by_smtp else get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._drop()

    def hand(self, mail):
        """Hand `mail` over and return the server's answer. Raises a DeliveryError."""
        message = _message(mail)
        self._open()
        try:
            self._backend.send_messages([message])
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise _reason(error) from error
        except ValueError as error:  # an address or a header no mail may carry
            self._drop()
            raise RefusedError(error) from error
        connection = getattr(self._backend, "connection", None)
        return one_line(getattr(connection, "last_answer", ""), ANSWER_LENGTH)

    def _open(self):
        try:
            self._backend.open()
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
        built = super().message(*args, **options)
        del built["Subject"]
        built["Subject"] = Header(self.subject, "utf-8", 75, "Subject").encode(linesep="")
        for part in built.walk():
            if part.get_content_maintype() == "text":
                _quote(part)
        return built


def _quote(part):
    """Write a text in quoted-printable. By `binascii`: `email` would take milliseconds a mail."""
    text = part.get_payload(decode=True)
    part.replace_header("Content-Transfer-Encoding", "quoted-printable")
    part.set_payload(binascii.b2a_qp(text).decode("ascii"))


def _message(mail):
    headers, envelope = mail.headers, None
    if is_open():  # servers report to an address that names the mail; readers see who writes
        headers = headers | {"From": settings.DEFAULT_FROM_EMAIL}
        envelope = bounce_address(mail.pk)
    message = _Message(
        subject=mail.subject, body=mail.body_text, from_email=envelope, to=[mail.to], headers=headers
    )
    if mail.body_html:
        message.attach_alternative(mail.body_html, "text/html")
    return message


def _reason(error):
    code = _code(error)
    answer = _answer(error)
    return RefusedError(answer) if 500 <= code < 600 else TryLaterError(answer)


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
