"""Pages that wait for approval, submitted by whom the test names."""

from typing import Any

from wagtail.models import Page, TaskState

from coalition.core.models import CoalitionPage
from coalition.jobs.models import OutboxItem
from home.models import StandardPage
from tests.factories import now, standard_page, translate
from tests.network import Network

BODY = [("paragraph", "<p>The river belongs to those who live from it.</p>")]


def submit(network: Network, page: Page, name: str) -> TaskState:
    """Submit the newest text of `page`; what waits then."""
    user = network.user(name)
    if page.latest_revision_id is None:
        page.save_revision(user=user)
    page.get_workflow().start(page, user)
    return state_of(page)


def state_of(page: Page) -> TaskState:
    """What waits of the page now."""
    state = now(page.specific).current_workflow_task_state
    assert state is not None
    return state


def draft(network: Network, name: str = "editor-kh", **fields: Any) -> StandardPage:
    """A draft of Cambodia, in English."""
    page = standard_page(network.root(network.kh), live=False, **fields)
    page.save_revision(user=network.user(name))
    return page


def edited(page: CoalitionPage, network: Network, name: str, **fields: Any) -> CoalitionPage:
    """Another revision of `page`, by that person."""
    newest = now(page).get_latest_revision_as_object()
    for field, value in fields.items():
        setattr(newest, field, value)
    newest.save_revision(user=network.user(name))
    return now(page)


def khmer_draft(network: Network, name: str = "translator-km", **fields: Any) -> StandardPage:
    """The Khmer translation of a public text, as that person left it."""
    source = standard_page(network.root(network.kh), title="Rivers", body=BODY)
    page = translate(source, "km", live=False, title="ទន្លេ")
    return edited(page, network, name, title="ទន្លេ", **fields)


def post(network: Network, name: str, state: TaskState, action: str, **data: Any) -> Any:
    """Press a button of the review page."""
    posted = {"action": action, "revision": state.revision_id, "comment": "", **data}
    return network.client(name).post(f"/admin/approval/{state.pk}/", posted, follow=True)


def with_addresses(network: Network, *names: str) -> None:
    """These people have an address."""
    for name in names:
        user = network.user(name)
        user.email = f"{name}@example.org"
        user.save()


def letters_owed() -> list[tuple[str, str]]:
    """To whom which letter is owed, the first one first."""
    from coalition.accounts.models import User

    names = dict(User.objects.values_list("pk", "username"))
    return [
        (names[item.args[0]], item.args[1])
        for item in OutboxItem.objects.filter(task_path__endswith="send_letter").order_by("pk")
    ]
