"""The calculator of legal dates, for whoever administers or manages: a form, its answer, nothing kept."""

from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from categories.roles import manages_a_theme
from tickets.admin.calculator_form import CalculatorForm
from tickets.calculator.drawing import draw_timeline
from tickets.calculator.words import lines_of
from tickets.clock import facts
from tickets.clock.deadlines import deadlines_of


@require_safe
def calculator(request):
    """Show the form, and the dates of the case asked for in the address."""
    if not manages_a_theme(request.user):
        raise Http404
    first_case = {"regime": facts.REFUSAL, "mois": 2, "recue": timezone.localdate()}
    form = CalculatorForm(request.GET or None, initial=first_case, auto_id="cas-%s")
    context = admin.site.each_context(request) | {"title": _("Calculer des échéances légales"), "form": form}
    if form.is_valid():
        found = deadlines_of(form.case)
        context |= {"lines": lines_of(form.case, found), "drawing": draw_timeline(form.case, found)}
    return TemplateResponse(request, "gestion/calculator.html", context)
