"""What the last approval of a workflow does (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this module together with its own models, so it can import none.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import WorkflowState


def publish_approved(workflow_state: "WorkflowState", user: "AbstractUser | None" = None) -> None:
    """Publish what was approved, never anything newer, in the name of who approved it last.

    Wagtail wants the right to publish from them. In a trusted section that is a focal point, who
    may publish what all steps have approved and nothing else.
    """
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
