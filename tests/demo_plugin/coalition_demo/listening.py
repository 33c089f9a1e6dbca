from .models import Heard


def changed(pages, **kwargs):
    Heard.objects.create(what="visibility_changed")


def switched(slug, section, enabled, **kwargs):
    Heard.objects.create(what=f"plugin_switched {slug} {section and section.code} {enabled}")


def published(instance, **kwargs):
    Heard.objects.create(what="page_published")


def unpublished(instance, **kwargs):
    Heard.objects.create(what="page_unpublished")


def documents(document_ids, **kwargs):
    Heard.objects.create(what=f"documents_changed {len(document_ids)}")
