"""What requests are about: services, themes and their forms, roles, questions, and what is done elsewhere."""

from categories.models.absence import Absence
from categories.models.category import Category
from categories.models.choices import ChoiceItem, ChoiceList
from categories.models.faq import FaqEntry, FaqFeedback
from categories.models.form_version import FormVersion, ModelDocument
from categories.models.role import Role
from categories.models.service import Service
from categories.models.signpost import Signpost

__all__ = [
    "Absence",
    "Category",
    "ChoiceItem",
    "ChoiceList",
    "FaqEntry",
    "FaqFeedback",
    "FormVersion",
    "ModelDocument",
    "Role",
    "Service",
    "Signpost",
]
