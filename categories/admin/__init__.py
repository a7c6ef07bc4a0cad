"""The rooms of the admin on themes, services and roles."""

from categories.admin import absences, choices, faq, form_editor, roles, services, signposts, themes

__all__ = ["absences", "choices", "faq", "form_editor", "roles", "services", "signposts", "themes"]
