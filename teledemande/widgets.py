"""Widgets that cost less than those of Django."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe


class QuickSelect(forms.Select):
    """A list of choices drawn without a template for each: a tree of themes has more than a hundred."""

    def _render(self, template_name, context, renderer=None):
        widget = context["widget"]
        groups = [_group(name, options) for name, options, _index in widget["optgroups"]]
        attrs = flatatt({"name": widget["name"], **widget["attrs"]})
        return format_html("<select{}>{}</select>", attrs, mark_safe("".join(groups)))  # noqa: S308 -- safe parts


def _group(name, options):
    drawn = "".join(map(_option, options))
    if not name:
        return drawn
    return format_html('<optgroup label="{}">{}</optgroup>', name, mark_safe(drawn))  # noqa: S308 -- safe parts


def _option(option):
    attrs = flatatt(option["attrs"]) if option["attrs"] else ""
    return format_html('<option value="{}"{}>{}</option>', option["value"], attrs, option["label"])
