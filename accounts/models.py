"""Who people are: one identity each, from CAS or from an e-mail address, never merged."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def cas_identity(login: str) -> str:
    """Return the identity of the CAS login `login` (the only key of a university member)."""
    return f"cas:{login.strip().lower()}"


def mail_identity(email: str) -> str:
    """Return the identity of the local account whose address is `email`."""
    return f"mail:{email.strip().lower()}"


class UserManager(BaseUserManager):
    """Create people by the door they come through."""

    def create_cas(self, login, **fields):
        """Return a new person known by her CAS login; she has no password here."""
        return self._create(cas_identity(login), None, **fields)

    def create_local(self, email, password, **fields):
        """Return a new person who proved that she reads `email`."""
        return self._create(mail_identity(email), password, email=email, **fields)

    def create_superuser(self, identity, password=None, **fields):
        """Return an administrator; `identity` is `cas:<login>` or `mail:<address>`."""
        fields.setdefault("email", identity.removeprefix("mail:") if identity.startswith("mail:") else "")
        return self._create(identity, password, is_staff=True, is_superuser=True, **fields)

    def _create(self, identity, password, **fields):
        user = self.model(identity=identity, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Language(models.TextChoices):
    """A language of the service, each named in itself."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


class BodyKind(models.TextChoices):
    """In whose name she writes."""

    PERSON = "person", _("en mon nom")
    COMPANY = "company", _("au nom d’une entreprise")
    ASSOCIATION = "association", _("au nom d’une association")


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `identity` says by which proof we know her; equal e-mails prove nothing."""

    identity = models.CharField(_("identité"), max_length=330, unique=True)
    email = models.EmailField(_("adresse électronique"), max_length=254, blank=True)
    last_name = models.CharField(_("nom"), max_length=150, blank=True)
    first_name = models.CharField(_("prénom"), max_length=150, blank=True)
    usage_name = models.CharField(_("nom d’usage"), max_length=150, blank=True)
    capacity = models.CharField(
        _("qualité"),
        max_length=150,
        blank=True,
        help_text=_("Fonction, telle qu’elle figure dans les réponses signées (CRPA, L111-2 et L212-1)."),
    )
    affiliations = models.JSONField(_("affiliations"), default=list, blank=True)
    cas_attributes = models.JSONField(_("attributs du CAS"), default=dict, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    address_line1 = models.CharField(_("adresse"), max_length=200, blank=True)
    address_line2 = models.CharField(_("complément d’adresse"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=20, blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    country = models.CharField(_("pays"), max_length=120, blank=True, default="France")
    body_kind = models.CharField(
        _("au nom de qui"), max_length=11, choices=BodyKind.choices, default=BodyKind.PERSON
    )
    body_name = models.CharField(_("nom de l’organisme"), max_length=200, blank=True)
    siret = models.CharField(_("numéro d’établissement"), max_length=14, blank=True)
    rna = models.CharField(_("numéro d’association"), max_length=10, blank=True)
    refused_address = models.EmailField(
        _("adresse refusée par un serveur"), max_length=254, blank=True, default="", db_default=""
    )
    refused_at = models.DateTimeField(_("refusée le"), null=True, blank=True)
    refused_words = models.CharField(
        _("réponse du serveur"), max_length=500, blank=True, default="", db_default=""
    )
    language = models.CharField(_("langue"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    newest_first = models.BooleanField(_("le plus récent d’abord"), default=False)
    hides_filing_intro = models.BooleanField(_("ne plus montrer l’écran d’information"), default=False)
    is_active = models.BooleanField(_("actif"), default=True)
    is_staff = models.BooleanField(
        _("accès à la gestion"),
        default=False,
        help_text=_("Tenu à jour par les rôles donnés sur les thèmes."),
    )
    date_joined = models.DateTimeField(_("inscription"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "identity"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    # What `str` reads of a person: enough for a list of names.
    NAMED_BY = ("first_name", "last_name", "usage_name", "email", "identity")

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        constraints = (
            models.CheckConstraint(
                condition=Q(identity__startswith="cas:") | Q(identity__startswith="mail:"),
                name="user_identity_has_a_door",
                violation_error_message=_("Une identité commence par « cas: » ou « mail: »."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="user_language_is_known",
                violation_error_message=_("Langue inconnue."),
            ),
            models.CheckConstraint(
                condition=Q(body_kind="person", body_name="", siret="", rna="")
                | (Q(body_kind__in=("company", "association")) & ~Q(body_name="")),
                name="user_body_exactly_when_named",
                violation_error_message=_("Un organisme a un nom ; qui écrit en son nom n’en a pas."),
            ),
        )

    def __str__(self):
        return self.get_full_name() or self.email or self.login

    def _get_session_auth_hash(self, secret=None):
        # Of the identity too: a change of address ends the other sessions, as a change of password does.
        proof = f"{self.password}\n{self.identity}"
        return salted_hmac("accounts.User.session", proof, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_cas(self):
        """Whether this person comes from the university's CAS."""
        return self.identity.startswith("cas:")

    @property
    def address_is_refused(self):
        """Whether a server said for good that nothing arrives at her present address.

        With another address, whoever gave it, she is no longer concerned.
        """
        return bool(self.email) and self.refused_address == self.email

    @property
    def login(self):
        """The CAS login, or the address of a local account."""
        return self.identity.partition(":")[2]

    @property
    def has_postal_address(self):
        """Whether the postal address an official request needs (CRPA, R112-9-1) is known."""
        return bool(self.address_line1 and self.postal_code and self.city)

    @property
    def postal_lines(self):
        """The postal address as printed, one item a line."""
        town = f"{self.postal_code} {self.city}".strip()
        return [line for line in (self.address_line1, self.address_line2, town, self.country) if line]

    def attribute(self, name: str) -> str:
        """Return the first value the CAS gave of the attribute `name`, or an empty string."""
        return next(iter(self.cas_attributes.get(name, [])), "")

    @property
    def official_name(self):
        """First name then the surname of her civil status, whatever she goes by."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self):
        """Return first name then the name she goes by: her usage name if she gave one."""
        return f"{self.first_name} {self.usage_name or self.last_name}".strip()

    def get_short_name(self):
        """Return the name shown in the header."""
        return self.get_full_name() or self.email


class LinkPurpose(models.TextChoices):
    """What a mailed single-use link allows."""

    ACTIVATE = "activate", _("création de compte")
    PASSWORD = "password", _("choix d’un nouveau mot de passe")
    ADDRESS = "address", _("changement d’adresse électronique")


class AccountLink(models.Model):
    """A single-use link sent by e-mail. Only the digest of its token is kept.

    A registration creates no person: names wait here until the address is proved.
    """

    purpose = models.CharField(_("objet"), max_length=10, choices=LinkPurpose.choices)
    token_digest = models.CharField(_("empreinte"), max_length=64, unique=True)
    email = models.EmailField(_("adresse électronique"), max_length=254)
    last_name = models.CharField(_("nom"), max_length=150, blank=True)
    first_name = models.CharField(_("prénom"), max_length=150, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("personne")
    )
    created_at = models.DateTimeField(_("créé le"), default=timezone.now)
    expires_at = models.DateTimeField(_("expire le"))
    used_at = models.DateTimeField(_("utilisé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien de compte")
        verbose_name_plural = _("liens de compte")
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose="activate", user__isnull=True)
                | Q(purpose__in=("password", "address"), user__isnull=False),
                name="account_link_person_matches_purpose",
                violation_error_message=_(
                    "Un lien de mot de passe ou d’adresse désigne une personne, un lien de création aucune."
                ),
            ),
        )

    def __str__(self):
        return f"{self.get_purpose_display()} ({self.created_at:%d/%m/%Y})"


class LinkRequest(models.Model):
    """A link somebody asked for within the last hour, counted to limit the mails we send.

    Neither the address nor the client is readable: keyed digests are enough to count.
    """

    address_digest = models.CharField(_("adresse (empreinte)"), max_length=64)
    client_digest = models.CharField(_("client (empreinte)"), max_length=64)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("demande de lien")
        verbose_name_plural = _("demandes de liens")

    def __str__(self):
        return f"{self.asked_at:%d/%m/%Y %H:%M}"
