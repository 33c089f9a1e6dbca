"""Tags offered while people type: those of pictures and documents that they may know."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from taggit.models import Tag
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT, autocomplete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission

from coalition.sections.isolation import sees_everything


def own_tags(request: HttpRequest) -> HttpResponse:
    """As Wagtail's, without the words of other sections."""
    if sees_everything(request.user):
        response: HttpResponse = autocomplete(request)
        return response
    term = request.GET.get("term", "")
    roots = Collection.objects.filter(
        pk__in=GroupCollectionPermission.objects.filter(group__user=request.user).values(
            "collection"
        )
    )
    own = {pk for root in roots for pk in root.get_descendants(inclusive=True).values_list("pk")}
    names: set[str] = set()
    for model in (get_image_model(), get_document_model()):
        items = model._default_manager.filter(collection__in=[pk for (pk,) in own])
        tags = Tag.objects.filter(**{f"{model._meta.model_name}__in": items})
        names.update(tags.filter(name__istartswith=term).values_list("name", flat=True))
    return JsonResponse(sorted(names)[:TAGS_AUTOCOMPLETE_LIMIT] if term else [], safe=False)
