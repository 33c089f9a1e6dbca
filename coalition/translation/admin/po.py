"""A page's translation as a PO file: GET sends it, POST takes one in and reports."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from coalition.translation.domain import po
from coalition.translation.domain.opening import NotForThisPageError
from coalition.translation.suggestions import present_texts
from coalition.translation.work import Work

from .editor import Desk


def po_file(request: HttpRequest, page_id: int) -> HttpResponse:
    """The file of this page, or the report on the one that was sent."""
    try:
        desk = Desk(request, page_id)
    except NotForThisPageError as refused:
        messages.error(request, str(refused))
        return redirect("wagtailadmin_pages:edit", page_id)
    work = desk.work()
    if work is None:
        return redirect(desk.url)
    if request.method == "POST":
        return _take(desk, work)
    hints = present_texts(work, work.segments)
    texts = {key: hint.present for key, hint in hints.items() if hint.present}
    return HttpResponse(
        po.export(work, texts),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{po.file_name(work)}"'},
    )


def _take(desk: Desk, work: Work) -> HttpResponse:
    upload = desk.request.FILES.get("file")
    context: dict[str, Any] = {"page": desk.page, "report": None, "refused": ""}
    try:
        if desk.lock or not work.translation.enabled:
            raise po.PoRefusedError(_("This page cannot be changed here now."))
        if not isinstance(upload, UploadedFile):
            raise po.PoRefusedError(_("Choose a file first."))
        context["report"] = po.take(po.read(upload), work=work, user=desk.user)
    except po.PoRefusedError as refused:
        context["refused"] = str(refused)
    return TemplateResponse(desk.request, "translation/admin/po_report.html", context)
