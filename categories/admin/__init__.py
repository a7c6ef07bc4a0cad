"""The rooms of the admin on themes, services and roles."""

from categories.admin import roles, services, themes

__all__ = ["roles", "services", "themes"]
