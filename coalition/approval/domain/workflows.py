"""The workflows that no section has of its own: of translations, and of what is urgent."""

from typing import Any

from django.db import transaction
from wagtail.models import Workflow, WorkflowTask

from coalition.approval.domain.starting import ensure_step
from coalition.approval.models import SecondReaderStep, SecretariatStep, SectionStep, Step
from coalition.approval.queries import TRANSLATIONS, URGENT

SECTION_REVIEW = "Section review"
SECRETARIAT = "Secretariat"
SECOND_READER = "Second reader"


def section_step() -> Step:
    """Shared by all sections."""
    return ensure_step(SectionStep, SECTION_REVIEW)


def secretariat_step() -> Step:
    """Shared by all sections and the network."""
    return ensure_step(SecretariatStep, SECRETARIAT)


@transaction.atomic
def ensure_shared_workflows() -> None:
    """The second reader alone for translations, the secretariat alone for what is urgent."""
    for name, step in (
        (TRANSLATIONS, ensure_step(SecondReaderStep, SECOND_READER)),
        (URGENT, secretariat_step()),
    ):
        workflow = Workflow.objects.filter(name=name).first()
        if workflow is None:
            workflow = Workflow.objects.create(name=name, active=True)
        WorkflowTask.objects.get_or_create(workflow=workflow, task=step.task_ptr)


def after_migrate(**kwargs: Any) -> None:
    """Receiver of `post_migrate`."""
    ensure_shared_workflows()
