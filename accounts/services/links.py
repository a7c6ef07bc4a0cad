"""Single-use links sent by e-mail: to create an account, to choose a new password.

Passwords are never mailed (CNIL, délibération n° 2022-100 du 21 juillet 2022, recommandation relative aux
mots de passe). Whether an account exists is said to nobody but the reader of its mailbox, neither in
words nor by the time an answer takes: both cases do the same work, and one of the two is undone.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts import mails
from accounts.models import AccountLink, LinkPurpose, User
from accounts.services.single_use import (
    AlreadyRegistered,
    consume,
    holder_of,
    lifetime,
    may_mail,
    new_link,
    undone_unless,
)
from accounts.throttling import forgive


# --- asking for a link ----------------------------------------------------------------------------------
@transaction.atomic
def ask_registration(*, email, last_name, first_name, client, following=""):
    """Mail a link that creates the account of `email`, or say to its reader that she has one.

    `email` is normalised and outside the university; `client` is the caller's network address;
    `following` a clean path to go to afterwards. No person exists before the link is used. Raises
    TooManyMails.
    """
    if not may_mail(email, client):
        return
    holder = holder_of(email)
    with undone_unless(holder is None):
        token = new_link(LinkPurpose.ACTIVATE, email, first_name=first_name, last_name=last_name)
        reader = {"to": email, "first_name": first_name, "language": get_language()}
        _mail_link("account_activate", "accounts:activate", token, reader, following)
    with undone_unless(holder is not None):
        context = {
            "first_name": holder.first_name if holder else first_name,
            "link": mails.absolute("login", following=following),
        }
        language = holder.language if holder else get_language()
        mails.send("account_exists", to=holder.email if holder else email, context=context, language=language)


@transaction.atomic
def ask_password(*, email, client, following=""):
    """Mail a link to choose a new password to the holder of the local account `email`, if there is one.

    The mail goes to the address of the account, not to what was typed. Raises TooManyMails.
    """
    if not may_mail(email, client):
        return
    holder = holder_of(email)
    with undone_unless(holder is not None and holder.is_active):
        purpose = LinkPurpose.PASSWORD if holder else LinkPurpose.ACTIVATE
        token = new_link(purpose, email, user=holder)
        reader = {
            "to": holder.email if holder else email,
            "first_name": holder.first_name if holder else "",
            "language": holder.language if holder else get_language(),
        }
        _mail_link("account_password", "accounts:password", token, reader, following)


def _mail_link(message, page, token, reader, following):
    is_password = message == "account_password"
    purpose = LinkPurpose.PASSWORD if is_password else LinkPurpose.ACTIVATE
    context = {
        "first_name": reader["first_name"],
        "link": mails.absolute(page, token, following=following),
        "hours": int(lifetime(purpose).total_seconds() // 3600),
    }
    mails.send(message, to=reader["to"], context=context, language=reader["language"])


# --- using a link ---------------------------------------------------------------------------------------
@transaction.atomic
def register(token: str, *, password: str) -> User:
    """Use an activation link: return the new person. Raises LinkUnusable or AlreadyRegistered.

    `password` has passed the validators. She keeps the language of the page she chose it on.
    """
    link = consume(token, LinkPurpose.ACTIVATE)
    try:
        with transaction.atomic():
            names = {"first_name": link.first_name, "last_name": link.last_name}
            return User.objects.create_local(link.email, password, language=get_language(), **names)
    except IntegrityError as error:
        raise AlreadyRegistered from error


@transaction.atomic
def choose_password(token: str, *, password: str) -> User:
    """Use a password link: return the person, her password changed. Raises LinkUnusable.

    Sessions opened with the former password end at their next page (their hash is of the password), and
    locks after failed attempts are lifted: she has proved that she reads the mailbox.
    """
    link = consume(token, LinkPurpose.PASSWORD)
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=link.user_id)
    user.set_password(password)
    user.refused_address = ""  # what was mailed there was read
    user.save(update_fields=["password", "refused_address"])
    # Somebody who knew the former password may have asked for another address.
    AccountLink.objects.filter(user=user, purpose=LinkPurpose.ADDRESS).delete()
    forgive(link.email)
    context = {"first_name": user.first_name, "link": mails.absolute("accounts:forgotten")}
    mails.send("password_changed", to=user.email, context=context, language=user.language)
    return user
