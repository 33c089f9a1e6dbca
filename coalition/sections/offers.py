"""Tags, people and workflows that lists of the admin offer to choose from: one's own section's."""

from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_filters import filters
from taggit.models import Tag
from wagtail.admin import filters as admin_filters
from wagtail.admin.models import popular_tags_for_model
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT, autocomplete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.views import chooser as image_chooser
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    Task,
    Workflow,
    WorkflowTask,
)

from coalition.sections.isolation import Person, sees_everything
from coalition.sections.references import one_at_work


def own_tags(request: HttpRequest) -> HttpResponse:
    """As Wagtail's, while people type, without the words of other sections."""
    if sees_everything(request.user):
        response: HttpResponse = autocomplete(request)
        return response
    term = request.GET.get("term", "")
    names: set[str] = set()
    for model in (get_image_model(), get_document_model()) if term else ():
        found = tags_of(request.user, model).filter(name__istartswith=term)
        names.update(found.values_list("name", flat=True))
    return JsonResponse(sorted(names)[:TAGS_AUTOCOMPLETE_LIMIT], safe=False)


def tags_of(user: Person, model: type[Model]) -> QuerySet[Tag]:
    """The tags of the pictures, or of the documents, in collections on which `user` has rights."""
    rows = GroupCollectionPermission.objects.filter(group__user=user)
    below = Q(pk=None)
    for path in rows.values_list("collection__path", flat=True).distinct():
        below |= Q(path__startswith=path)
    items = model._default_manager.filter(collection__in=Collection.objects.filter(below))
    tags: QuerySet[Tag] = Tag.objects.filter(
        taggit_taggeditem_items__content_type=ContentType.objects.get_for_model(model),
        taggit_taggeditem_items__object_id__in=items.values("pk"),
    )
    return tags


def people_known_to(user: Person) -> QuerySet[Any]:
    """Those of one's own sections and of the network as a whole; some go by a pseudonym, too."""
    people = get_user_model().objects
    sections = user.groups.values("section_group__section")
    theirs = Q(groups__section_group__section__in=sections)
    network = Q(groups__section_group__isnull=False, groups__section_group__section=None)
    known = people.filter(theirs | network | Q(pk=user.pk))
    return people.filter(pk__in=known.values("pk"))


def workflows_known_to(user: Person) -> QuerySet[Workflow]:
    """Those of one's own sections and of the network as a whole."""
    own = Q(section__in=user.groups.values("section_group__section"))
    known: QuerySet[Workflow] = Workflow.objects.filter(own | Q(section=None))
    return known


def known_to(user: Person, offered: QuerySet[Any]) -> QuerySet[Any]:
    """What is offered, without what is of other sections; of other models all."""
    if offered.model is get_user_model():
        return offered.filter(pk__in=people_known_to(user).values("pk"))
    if offered.model is Workflow:
        return offered.filter(pk__in=workflows_known_to(user).values("pk"))
    if offered.model is Task:
        steps = WorkflowTask.objects.filter(workflow__in=workflows_known_to(user))
        return offered.filter(pk__in=steps.values("task"))
    return offered


def offer_own_only() -> None:
    """Called once, when the hooks are read: filters of lists offer what their user may know."""

    @wraps(popular_tags_for_model)
    def popular_tags(model: type[Model], count: int = 10) -> Any:
        user = one_at_work()
        if user is None or sees_everything(user):
            return popular_tags_for_model(model, count)
        number = Count("taggit_taggeditem_items")
        found = tags_of(user, model).annotate(item_count=number)
        return found.order_by("-item_count")[:count]

    admin_filters.popular_tags_for_model = popular_tags
    image_chooser.popular_tags_for_model = popular_tags
    original = filters.QuerySetRequestMixin.get_queryset

    @wraps(original)
    def get_queryset(self: Any, request: HttpRequest) -> Any:
        found = original(self, request)
        # The history's own filter sets it there.
        found = self.extra.get("queryset") if found is None else found
        user = one_at_work()
        if found is None or user is None or sees_everything(user):
            return found
        return known_to(user, found)

    filters.QuerySetRequestMixin.get_queryset = get_queryset
