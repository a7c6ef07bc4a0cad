"""Authentication by e-mail address and password."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import User, mail_identity


class LocalBackend(ModelBackend):
    """Open the local accounts, known by their address; people of CAS have no password here.

    It also carries the permissions of everybody, CAS people included.
    """

    def authenticate(self, request, username=None, password=None, **kwargs):
        """Return the active person whose normalised address is `username`, or None.

        An unknown address costs the hashing of a password too: the time of a refusal tells nothing.
        """
        if username is None or password is None:
            return None
        user = User.objects.filter(identity=mail_identity(username)).first()
        if user is None:
            User().set_password(password)
            return None
        is_right = user.check_password(password)
        return user if is_right and self.user_can_authenticate(user) else None
