"""The rooms of the admin on themes, services and roles."""

from categories.admin import choices, roles, services, themes

__all__ = ["choices", "roles", "services", "themes"]
