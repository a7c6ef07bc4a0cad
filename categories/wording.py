"""The values of a theme in words."""

from categories.enums import Audience

NOTHING = "rien"


def value_words(row, name):
    """Return the value of the field `name` of `row` in words; « rien » for none."""
    value = getattr(row, name)
    if name == "audience":
        return audience_words(value) or NOTHING
    if isinstance(value, bool):
        return "oui" if value else "non"
    display = getattr(row, f"get_{name}_display", None)
    return NOTHING if value in (None, "") else str(display() if display else value)


def audience_words(keys):
    """Return whom a theme is for: « étudiants, personnes extérieures »; empty when it is not said."""
    return ", ".join(str(Audience(key).label) if key in Audience.values else str(key) for key in keys)
