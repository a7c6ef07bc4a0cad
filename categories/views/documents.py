"""Model documents: public downloads, never pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from categories.models import ModelDocument
from categories.questionnaire.models_documents import file_name


@login_not_required
@require_safe
def model(request, uuid):
    """Give a model document, as a download in a sandbox."""
    document = get_object_or_404(ModelDocument, uuid=uuid)
    response = FileResponse(
        document.content.open("rb"),
        as_attachment=True,
        filename=file_name(document),
        content_type=document.content_type,
    )
    # A file is never a page of ours, whatever a browser thinks it is.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
