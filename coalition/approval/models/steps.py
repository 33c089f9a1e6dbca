"""The steps of the workflows. One row of each kind serves all sections.

Who decides is asked of the page's section and language, not of groups kept at the step. Every way
to decide that Wagtail has ends in `on_action`, which asks `domain.deciding`
(docs/decisions/0015-shared-steps.md).
"""

from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from coalition.approval.approvers import Entitlement, Kind, entitlement
from coalition.approval.forms import DecisionForm
from coalition.approval.locks import WaitingLock
from coalition.sections.archive import is_archived_for


class Step(Task):
    """What the three kinds share."""

    kind: ClassVar[Kind]
    lock_class = WaitingLock

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin, with the revision that was submitted; or be done at once where that is due."""
        from coalition.approval.domain import starting

        return starting.start(step=self, workflow_state=workflow_state, user=user)

    def on_action(
        self,
        task_state: TaskState,
        user: Any,
        action_name: str,
        comment: str = "",
        revision: int | None = None,
        **unknown: Any,
    ) -> None:
        """Decide. Raises ApprovalRefusedError, PermissionDenied."""
        from coalition.approval.domain.deciding import decide

        decide(
            task_state_id=task_state.pk,
            user=user,
            action=action_name,
            comment=str(comment or ""),
            revision_id=revision,
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What Wagtail offers to those who may decide."""
        if self._entitled(obj, user) is None or is_archived_for(user, obj):
            return []
        return [
            ("reject", gettext("Request changes"), True),
            ("approve", gettext("Approve"), False),
            ("approve", gettext("Approve with comment"), True),
        ]

    def get_form_for_action(self, action: str) -> type[DecisionForm]:
        """A comment."""
        return DecisionForm

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Those who decide may look at the text there."""
        return self._entitled(obj, user) is not None

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """For all but those who decide; what waits is what was submitted."""
        return self._entitled(obj, user) is None

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """As for the editor."""
        return self._entitled(obj, user) is not None

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """For Wagtail's home and its reports."""
        from coalition.approval.queries import waiting_ids

        ids = [pk for pk, kind in waiting_ids(user) if kind == self.kind]
        return TaskState.objects.filter(pk__in=ids)

    def _entitled(self, obj: Any, user: Any) -> Entitlement | None:
        from coalition.approval.queries import matter_of_page

        if not isinstance(obj, Page):
            return None
        return entitlement(user, matter_of_page(obj, self.kind))


class SectionStep(Step):
    """The section's own review."""

    kind = Kind.SECTION

    class Meta:
        verbose_name = _("section review")
        verbose_name_plural = _("section reviews")

    @classmethod
    def get_description(cls) -> str:
        """For those who put workflows together."""
        return gettext("The focal points of the page's section decide.")


class SecretariatStep(Step):
    """The last word of the network."""

    kind = Kind.SECRETARIAT

    class Meta:
        verbose_name = _("decision of the secretariat")
        verbose_name_plural = _("decisions of the secretariat")

    @classmethod
    def get_description(cls) -> str:
        """For those who put workflows together."""
        return gettext("The secretariat decides; small corrections pass by themselves.")


class SecondReaderStep(Step):
    """Somebody else who reads the language of a translation."""

    kind = Kind.READER

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")

    @classmethod
    def get_description(cls) -> str:
        """For those who put workflows together."""
        return gettext("A second reader of the page's language decides.")


KINDS: dict[str, Kind] = {
    step._meta.model_name or "": step.kind
    for step in (SectionStep, SecretariatStep, SecondReaderStep)
}
"""By the name of the model, as a content type has it."""


def kind_of(task: Task) -> Kind | None:
    """Which kind of step it is; None for Wagtail's own."""
    content_type = task.cached_content_type
    return KINDS.get(content_type.model) if content_type.app_label == "approval" else None
