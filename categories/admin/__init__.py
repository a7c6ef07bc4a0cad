"""The rooms of the admin on themes, services and roles."""

from categories.admin import form_editor, roles, services, themes

__all__ = ["form_editor", "roles", "services", "themes"]
