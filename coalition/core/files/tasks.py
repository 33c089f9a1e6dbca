"""Jobs of pictures."""

from django_tasks import task

from . import renditions


@task()
def make_renditions(image_id: int) -> None:
    """Make what readers will ask for, so that the first of them need not wait."""
    from coalition.core.models import CoalitionImage

    image = CoalitionImage.objects.filter(pk=image_id).first()
    if image is not None:
        renditions.make_all(image)
