"""Numbers people and bodies are known by: telephone, SIRET, RNA. One way of keeping each, one of showing it.

Cheap mistakes (a digit missed, two exchanged) are caught here; whether the number is really hers is not asked
of any register.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

HOME_REGION = "FR"
# One national plan, five country codes: « 02 62 … » dialled in Marseille is +262 from abroad.
OVERSEAS_REGIONS = ("RE", "GP", "MQ", "GF")
SIREN_DIGITS = 9
SIRET_DIGITS = 14
_FRENCH_CODES = frozenset(map(phonenumbers.country_code_for_region, (HOME_REGION, *OVERSEAS_REGIONS)))
# The parser would also read letters as keys and drop an extension in silence: we would keep another number.
_PHONE = re.compile(r"[\d\s+().\-/]{3,40}")
# « W » then 9 digits (associations.gouv.fr); the prefectures of the Pacific have a letter among them.
_RNA = re.compile(r"W[0-9A-Z]{9}")


class WrongNumber(ValueError):  # noqa: N818 -- a refusal, not a failure
    """What was typed is no such number."""


class WrongLength(WrongNumber):
    """Digits are missing or left over; `digits` were typed."""

    def __init__(self, digits: int):
        super().__init__(digits)
        self.digits = digits


def read_phone(text: str) -> str:
    """Return the E.164 form of the telephone number `text`: « 06 39 98 12 34 » gives « +33639981234 ».

    Without « + » it is a number of France, overseas departments included. Only the length is checked: what an
    operator was given last month is in no table of ours. Raises WrongNumber.
    """
    if not _PHONE.fullmatch(text):
        raise WrongNumber(text)
    try:
        number = _in_its_region(text)
    except NumberParseException as error:
        raise WrongNumber(text) from error
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise WrongNumber(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _in_its_region(text):
    # Overseas first: their blocks are theirs alone, and the table of France takes some of them for its own.
    overseas = (phonenumbers.parse(text, region) for region in OVERSEAS_REGIONS)
    at_home = phonenumbers.parse(text, HOME_REGION)
    return next((number for number in overseas if phonenumbers.is_valid_number(number)), at_home)


def phone_words(number: str) -> str:
    """Return the E.164 `number` as people write it: « 06 39 98 12 34 », « +1 514-555-0199 ».

    Anything else comes back as it is: what was kept before numbers were checked is still shown.
    """
    try:
        read = phonenumbers.parse(number)
    except NumberParseException:
        return number
    style = (
        PhoneNumberFormat.NATIONAL if read.country_code in _FRENCH_CODES else PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(read, style)


def read_siret(text: str) -> str:
    """Return the 14 digits of the SIRET `text`, its key checked (La Poste's own included).

    Raises WrongLength when there are not 14 digits, WrongNumber when they cannot be a SIRET.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise WrongNumber(text)
    if len(digits) != SIRET_DIGITS:
        raise WrongLength(len(digits))
    if not int(digits):
        raise WrongNumber(text)  # its key is right, nobody bears it
    try:
        return siret.validate(digits)
    except ValidationError as error:
        raise WrongNumber(text) from error


def siret_words(number: str) -> str:
    """Return the SIRET `number` as it is printed: « 732 829 320 00074 », with no-break spaces."""
    return siret.format(number, separator="\u00a0") if number else ""


def read_rna(text: str) -> str:
    """Return the RNA number `text`, « W » and 9 signs (arrêté du 14 octobre 2009). Raises WrongNumber."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    if not _RNA.fullmatch(number):
        raise WrongNumber(text)
    return number
