"""The views a person keeps under a name: made from the list she reads, renamed, shared, deleted."""

from django.contrib import admin, messages
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tickets.admin.addresses import list_query, list_url
from tickets.forms.worklist import SavedViewForm
from tickets.models import SavedView
from tickets.services.worklist import ViewRefusedError, change_view, delete_view, save_view

_VIEWS = "admin:tickets_ticket_views"
_MOST_OFFERED = 60  # a menu, not a catalogue
_METHODS = ["GET", "HEAD", "POST"]


def view_rows(user, query=""):
    """Return the views `user` is offered, hers first: each, its address, whether it is hers, whether read."""
    is_own = Case(When(owner=user, then=0), default=1)
    views = SavedView.objects.offered_to(user).select_related("owner").order_by(is_own, "name", "pk")
    return [
        {
            "view": view,
            "url": list_url(view.query),
            "is_own": view.owner_id == user.pk,
            "is_current": bool(query) and view.query == query,
        }
        for view in views[:_MOST_OFFERED]
    ]


@require_safe
def views(request):
    """Show the views she keeps, and those shared with her."""
    return _page(request, "gestion/saved_views.html", _("Vues enregistrées"), rows=view_rows(request.user))


@require_http_methods(_METHODS)
def new_view(request):
    """Keep the list whose query stands in the address under a name."""
    query = list_query(request.GET)
    form = SavedViewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        view = _written(form, save_view, request.user, query=query, **form.cleaned_data)
        if view is not None:
            messages.success(request, _("Vue enregistrée : %(name)s.") % {"name": view.name})
            return redirect(list_url(view.query))
    return _form_page(request, _("Enregistrer cette vue"), form, list_url(query))


@require_http_methods(_METHODS)
def edit_view(request, pk):
    """Give one of her views another name, share it or not any more."""
    view = _own(request.user, pk)
    initial = {"name": view.name, "is_shared": view.is_shared}
    form = SavedViewForm(request.POST if request.method == "POST" else None, initial=initial)
    is_good = form.is_bound and form.is_valid()
    if is_good and _written(form, change_view, view, **form.cleaned_data) is not None:
        messages.success(request, _("Vue modifiée : %(name)s.") % {"name": view.name})
        return redirect(_VIEWS)
    return _form_page(request, _("Renommer ou partager une vue"), form, reverse(_VIEWS))


@require_http_methods(_METHODS)
def remove_view(request, pk):
    """Ask, then forget one of her views."""
    view = _own(request.user, pk)
    if request.method == "POST":
        delete_view(view)
        messages.success(request, _("Vue supprimée : %(name)s.") % {"name": view.name})
        return redirect(_VIEWS)
    return _page(request, "gestion/saved_view_delete.html", _("Supprimer une vue"), view=view)


def _own(user, pk):
    view = SavedView.objects.filter(owner=user, pk=pk).first()
    if view is None:
        raise Http404
    return view


def _written(form, write, *args, **values):
    try:
        return write(*args, **values)
    except ViewRefusedError as refusal:
        form.add_error("name", str(refusal))
        return None


def _form_page(request, title, form, back):
    return _page(request, "gestion/saved_view.html", title, form=form, back=back)


def _page(request, template, title, **context):
    context |= admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, template, context)
