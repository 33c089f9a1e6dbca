"""One submitted text: what it says, what changed, what was said about it, and the decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from coalition.approval.admin.shown import items, outcome_of
from coalition.approval.admin.views import ApprovalView, tell
from coalition.approval.comparison import compare
from coalition.approval.domain.deciding import APPROVE, REJECT, decide
from coalition.approval.domain.submitting import add_note, withdraw
from coalition.approval.models import Submission
from coalition.approval.queries import (
    entitlement_in,
    may_see,
    may_withdraw,
    with_details,
)
from coalition.core.publishing import PublishingRefusedError

NOTE = "note"
WITHDRAW = "withdraw"
ACTIONS = (APPROVE, REJECT, NOTE, WITHDRAW)


class ReviewForm(forms.Form):
    """Which button was pressed, on which revision, with which words."""

    action = forms.ChoiceField(choices=[(name, name) for name in ACTIONS])
    revision = forms.IntegerField()
    comment = forms.CharField(required=False, max_length=5000)


@dataclass(frozen=True)
class Event:
    """Something that was done or said about the submission."""

    when: datetime
    person: str
    what: str
    text: str
    marks: list[str]


class ReviewView(ApprovalView):
    """For those who decide, and for those who wait."""

    template_name = "approval/admin/review.html"
    page_title = gettext_lazy("Submitted text")
    header_icon = "doc-full"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what waits, as far as `user` may know of it. Raises Http404."""
        super().setup(request, *args, **kwargs)
        states = with_details(TaskState.objects.filter(pk=kwargs["task_state_id"]))
        state = states.filter(workflow_state__submission__isnull=False).first()
        if state is None or not self._open_to(request.user, state):
            raise Http404("Nothing of that number waits for you.")
        self.state = state
        self.submission: Submission = state.workflow_state.submission

    def _open_to(self, user: Any, state: TaskState) -> bool:
        if not user.is_authenticated:
            return False
        if may_see(user, state.workflow_state.submission):
            return True
        return entitlement_in(user, state) is not None

    def get(self, request: HttpRequest, task_state_id: int) -> HttpResponse:
        """The page."""
        return self._answer("")

    def post(self, request: HttpRequest, task_state_id: int) -> HttpResponse:
        """Decide, say something, or take it back; what was typed stays when that fails."""
        form = ReviewForm(request.POST)
        comment = request.POST.get("comment", "")
        if not form.is_valid():
            messages.error(request, _("This form is not complete. Look at the text and try again."))
            return self._answer(comment)
        try:
            done = self._do(form.cleaned_data, request.user)
        except PublishingRefusedError as error:
            tell(request, error)
            return self._answer(comment)
        messages.success(request, done)
        if form.cleaned_data["action"] == WITHDRAW:
            return redirect("wagtailadmin_pages:edit", self.submission.page_id)
        if form.cleaned_data["action"] == NOTE:
            return redirect("approval:review", self.state.pk)
        return redirect("approval:index")

    def _do(self, data: dict[str, Any], user: Any) -> str:
        """What was done, for the person. Raises PublishingRefusedError, PermissionDenied."""
        names = {"title": self.submission}
        if data["action"] == NOTE:
            add_note(submission=self.submission, user=user, text=data["comment"])
            return _("Your comment is added.")
        if data["action"] == WITHDRAW:
            withdraw(submission=self.submission, user=user)
            return _("“%(title)s” is withdrawn. You can go on writing.") % names
        decide(
            task_state_id=self.state.pk,
            user=user,
            action=data["action"],
            comment=data["comment"],
            revision_id=data["revision"],
        )
        if data["action"] == REJECT:
            return _("Changes to “%(title)s” are requested.") % names
        return _("“%(title)s” is approved.") % names

    def _answer(self, comment: str) -> HttpResponse:
        user = self.request.user
        # What is shown is as it is now, also after something was refused.
        state = with_details(TaskState.objects.filter(pk=self.state.pk)).get()
        submission = state.workflow_state.submission
        current = state.workflow_state.current_task_state_id == state.pk
        entitled = entitlement_in(user, state) if current else None
        context = self.get_context_data(
            item=items([state], user)[0],
            page=submission.page,
            state=state,
            submission=submission,
            waits=current and state.status == TaskState.STATUS_IN_PROGRESS,
            may_decide=entitled is not None,
            own=user.pk == submission.submitted_by_id,
            may_withdraw=may_withdraw(user, submission),
            may_talk=may_see(user, submission),
            current=state.workflow_state.current_task_state_id,
            comparison=compare(submission),
            events=events(submission),
            comment=comment,
        )
        response: HttpResponse = self.render_to_response(context)
        return response


def events(submission: Submission) -> list[Event]:
    """The steps that were taken and what was said, the oldest first."""
    states = submission.workflow_state.task_states.select_related(
        "task", "finished_by", "decision__decided_for"
    ).exclude(finished_at=None)
    found = [
        Event(
            state.finished_at,
            state.finished_by.get_username() if state.finished_by else "",
            f"{state.task.name}: {outcome_of(state)}",
            state.comment,
            state.decision.marks() if hasattr(state, "decision") else [],
        )
        for state in states
    ]
    found += [
        Event(note.created_at, note.author.get_username() if note.author else "", "", note.text, [])
        for note in submission.notes.select_related("author")
    ]
    return sorted(found, key=lambda event: event.when)
