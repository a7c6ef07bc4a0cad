"""What a form may name: purposes of fields, sources of what is filled in, kinds of files."""

from django.utils.translation import gettext_lazy as _

from accounts.services.people import CAS_ATTRIBUTES
from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.form import PROFILE

# The purposes WCAG 2.2 (1.3.5) wants said, by their tokens of the HTML standard (§ 4.10.18.7.1), those that
# say something of the person who fills a form in. The order is that of the list shown.
PURPOSES = {
    "name": _("nom complet"),
    "given-name": _("prénom"),
    "additional-name": _("autres prénoms"),
    "family-name": _("nom de famille"),
    "honorific-prefix": _("civilité"),
    "bday": _("date de naissance"),
    "sex": _("sexe"),
    "email": _("adresse électronique"),
    "tel": _("téléphone"),
    "street-address": _("adresse, sur plusieurs lignes"),
    "address-line1": _("adresse, première ligne"),
    "address-line2": _("adresse, deuxième ligne"),
    "address-level1": _("région"),
    "address-level2": _("ville"),
    "postal-code": _("code postal"),
    "country-name": _("pays"),
    "organization": _("organisme"),
    "organization-title": _("fonction"),
    "language": _("langue"),
    "url": _("adresse web"),
    "nickname": _("surnom"),
    "username": _("identifiant"),
    "off": _("ne jamais proposer"),
}

SOURCES = {
    "supannEtuId": _("numéro étudiant (compte AMU)"),
    "supannCodeINE": _("numéro INE (compte AMU)"),
    "supannEmpId": _("numéro d’agent (compte AMU)"),
    "schacDateOfBirth": _("date de naissance (compte AMU)"),
    "profile.first_name": _("prénom (profil)"),
    "profile.last_name": _("nom (profil)"),
    "profile.usage_name": _("nom d’usage (profil)"),
    "profile.email": _("adresse électronique (profil)"),
    "profile.phone": _("téléphone (profil)"),
    "profile.body_name": _("nom de l’organisme (profil)"),
    "profile.siret": _("numéro SIRET (profil)"),
    "profile.rna": _("numéro RNA (profil)"),
}

FILE_TYPES = {
    "pdf": (_("PDF"), ("pdf",)),
    "picture": (
        _("photos et images"),
        ("jpg", "jpeg", "jpe", "png", "heic", "heif", "gif", "webp", "tif", "tiff"),
    ),
    "text": (_("textes (ODT, DOCX…)"), ("odt", "docx", "doc", "rtf", "txt")),
    "table": (_("tableaux (ODS, XLSX, CSV…)"), ("ods", "xlsx", "xls", "csv")),
    "slides": (_("présentations (ODP, PPTX…)"), ("odp", "pptx", "ppt")),
}
EXTENSIONS = frozenset(extension for _label, group in FILE_TYPES.values() for extension in group)

# Only what is typed has a purpose, or is filled in beforehand.
TYPED = frozenset(
    {
        QuestionKind.SHORT_TEXT,
        QuestionKind.DATE,
        QuestionKind.URL,
        QuestionKind.EMAIL,
        QuestionKind.PHONE,
        QuestionKind.INE,
        QuestionKind.SIRET,
        QuestionKind.RNA,
    }
)


def is_source(prefill):
    """Whether `prefill` names something a form may take of a person."""
    source, _dot, name = prefill.rpartition(".")
    return name in PROFILE if source == "profile" else prefill in CAS_ATTRIBUTES
