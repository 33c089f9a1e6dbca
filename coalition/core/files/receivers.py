"""Files that go with their rows, and those that wait for the second step of an upload."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.images.models import get_rendition_storage
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from coalition.core.models import CoalitionDocument, CoalitionImage
from coalition.core.visibility import documents_changed

from . import documents, pictures, storing

CLEANED = {CoalitionImage: pictures.cleaned, CoalitionDocument: documents.cleaned}


@receiver(pre_save, sender=UploadedFile)
def clean_waiting_upload(instance: UploadedFile, **kwargs: Any) -> None:
    """Wagtail puts an upload aside when its title, say, is too long: it must not lie there raw.

    Raises RefusalError; the form has refused such a file already.
    """
    if instance.file and not instance.file._committed:
        kind = instance.for_content_type
        clean = CLEANED.get(kind.model_class()) if kind else None
        if clean:
            instance.file = clean(instance.file.file, instance.file.name)


@receiver(post_delete, sender=CoalitionImage)
@receiver(post_delete, sender=CoalitionDocument)
def forget_file(instance: CoalitionImage | CoalitionDocument, **kwargs: Any) -> None:
    """The file of a deleted row goes with the commit; Wagtail leaves it to a job."""
    name = str(instance.file.name)
    transaction.on_commit(partial(storing.delete_file, instance.file.storage, name))
    if isinstance(instance, CoalitionImage):
        storage = get_rendition_storage()
        transaction.on_commit(partial(storing.delete_renditions, storage, name))


@receiver([post_save, pre_delete], sender=CoalitionDocument)
def tell_of_document(instance: CoalitionDocument, signal: Any, **kwargs: Any) -> None:
    """Whoever keeps something of its file hears that it is another, elsewhere or going."""
    if not kwargs.get("created"):
        leaving = signal is pre_delete
        documents_changed.send(
            sender=CoalitionDocument, document_ids=[instance.pk], leaving=leaving
        )


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def tell_of_collection(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Who may read the documents of a collection and of those below it has changed."""
    collections = Collection.objects.descendant_of(instance.collection, inclusive=True)
    documents = CoalitionDocument.objects.filter(collection__in=collections)
    ids = list(documents.values_list("pk", flat=True))
    documents_changed.send(sender=CollectionViewRestriction, document_ids=ids, leaving=False)
