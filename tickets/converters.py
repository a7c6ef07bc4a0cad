"""References in addresses."""

from django.urls import register_converter


class ReferenceConverter:
    """TD-2026-000123, any case; whether it exists is for the view to say."""

    regex = r"[Tt][Dd]-\d{4}-\d{6,12}"

    def to_python(self, value):
        """Return the reference in capitals."""
        return value.upper()

    def to_url(self, value):
        """Return the reference as it is."""
        return value


register_converter(ReferenceConverter, "reference")
