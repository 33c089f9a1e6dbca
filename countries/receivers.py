"""Rights follow a section root into a new language."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from countries.domain.rights import grant_rights, put_under_workflow
from countries.models import SectionPage


@receiver(copy_for_translation_done)
def mirror_rights(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A section root in a new language gets the rights and the workflow of the others."""
    if isinstance(target_obj, SectionPage) and target_obj.section:
        grant_rights(target_obj.section)
        put_under_workflow(target_obj.section)
