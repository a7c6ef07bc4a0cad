"""The rooms of the admin on themes, services and roles."""

from categories.admin import choices, faq, roles, services, themes

__all__ = ["choices", "faq", "roles", "services", "themes"]
