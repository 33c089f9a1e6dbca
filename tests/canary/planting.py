"""Two countries; in everything of each stand words that nobody else may see.

Words of Cambodia begin with `mangrove`, those of Thailand with `zebrafish`. What a new model needs
is made by itself (`Plot.the_rest`); where that fails, add its row to `Plot.by_hand`.
"""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from taggit.models import Tag
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import (
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupApprovalTask,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Task,
    UploadedFile,
    get_page_models,
)
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from coalition.accounts.models import Recovery, User
from coalition.approval.models import Deputy
from coalition.approval.models import Submission as Waiting
from coalition.core.models import CoalitionPage
from coalition.jobs.models import OutboxItem
from coalition.plugins import registry
from coalition.plugins.models import PluginActivation
from coalition.sections.models import Section
from coalition.translation.models import Submission as Asked
from coalition.translation.models import SubmittedPage as AskedPage
from home.models import StandardPage
from tests.canary import owned
from tests.canary.filling import Filler, text_columns
from tests.factories import UserFactory
from tests.network import Network

PLANTED = {"kh": "mangrove", "th": "zebrafish"}


class Plot:
    """One section with everything in it. `ids` is name of a model -> ids, the best first."""

    def __init__(self, network: Network, section: Section) -> None:
        self.network, self.section = network, section
        self.word = PLANTED[section.code]
        self.root = network.root(section)
        self.filler = Filler(self.word, self.one)
        self.made: dict[type[models.Model], list[Any]] = {}
        self.rows = owned.owned_rows(section)
        self.by_hand()
        self.rows = owned.owned_rows(section)
        self.the_rest()
        call_command("update_index", verbosity=0)
        self.rows = owned.owned_rows(section)
        self.ids = {model._meta.model_name: self.of(model) for model in self.rows}
        self.ids["task"].insert(0, self.step)

    def keep(self, made: Any) -> Any:
        """Remember a row as one to be pointed at and asked for."""
        for model in (type(made), *type(made)._meta.get_parent_list()):
            self.made.setdefault(model, []).append(made.pk)
        return made

    def of(self, model: type[models.Model]) -> list[Any]:
        """The ids of the section's rows of `model`."""
        first = [pk for pk in self.made.get(model, ()) if pk in self.rows[model]]
        return [*first, *sorted(self.rows[model] - set(first))]

    def one(self, model: Any) -> Any:
        """A row to point at."""
        if model is ContentType:
            return ContentType.objects.get_for_model(StandardPage)
        for pk in [*self.made.get(model, ()), *self.rows.get(model, ())]:
            return model._base_manager.get(pk=pk)
        return model._base_manager.first()

    def by_hand(self) -> None:
        """What needs Wagtail's own ways to be as it is in real life."""
        self.switches()
        self.people()
        self.keep(self.section)
        self.keep(self.section.workflow)
        self.files()
        self.pages()
        self.states()
        self.talk()
        self.translations()
        self.logs()
        call = {"title": self.filler.words(OutboxItem, "kwargs")}
        OutboxItem.objects.create(
            task_path="tests.gone", kwargs=call, result_id="1", due_at=timezone.now(),
            queue_name="default", language="en", failed_at=timezone.now(),
            last_error=self.filler.words(OutboxItem, "last_error"),
        )  # fmt: skip

    def switches(self) -> None:
        """Every plugin is on in the section, with settings."""
        for slug in registry.installed():
            words = {"words": self.filler.words(PluginActivation, "settings")}
            PluginActivation.objects.create(
                plugin=slug, section=self.section, enabled=True, settings=words
            )

    def people(self) -> None:
        """Somebody of the section by name; its groups and workflow by names of their own."""
        self.person: User = self.keep(UserFactory.create(**self.filler.texts(User)))
        editors = self.section.section_groups.get(role="editors").group
        self.person.groups.add(editors)
        focal = self.network.user(f"focal-{self.section.code}")
        day = timezone.localdate()
        self.keep(
            Deputy.objects.create(approver=focal, deputy=self.person, starts_on=day, ends_on=day)
        )
        self.keep(Recovery.objects.create(user=self.person))
        for row in self.section.section_groups.select_related("group"):
            self.keep(row.group)
            row.group.name = f"{row.group.name} {self.filler.words(type(row.group), 'name')}"
            row.group.save()
        # The steps of approval are everybody's; one of the section's own is left from before.
        step = GroupApprovalTask.objects.create(name=self.filler.words(Task, "name"))
        step.groups.add(editors)
        self.keep(step)
        workflow = self.section.workflow
        workflow.name = f"{workflow.name} {self.filler.words(type(workflow), 'name')}"
        workflow.save()

    def files(self) -> None:
        """A picture and a document with tags, in the section's collection and behind a password."""
        collection = self.keep(self.section.collection)
        collection.name = self.filler.words(type(collection), "name")
        collection.save()
        secret = collection.add_child(name=f"{collection.name}-secret")
        self.filler.row(CollectionViewRestriction, collection=secret, restriction_type="password")
        for model, file in (
            (get_image_model(), get_test_image_file),
            (get_document_model(), lambda: ContentFile(f"{self.word}-file".encode(), "a.txt")),
        ):
            for place in (collection, secret):
                item = model(
                    **{**self.filler.texts(model), "collection": place},
                    file=file(),
                    uploaded_by_user=self.person,
                )
                item.save()
                item.tags.add(self.filler.words(Tag, "name"))
                self.keep(item)
        upload = ContentFile(b"text", f"{self.word}.txt")
        self.keep(UploadedFile.objects.create(file=upload, uploaded_by_user=self.person))

    def pages(self) -> None:
        """A draft of each type; pages in every state between a draft and a public one."""
        self.draft = self.keep(self.add(StandardPage, self.root, f"{self.word}-draft", locked=True))
        self.keep(self.redraft(self.live("open")))
        self.submitted = self.keep(self.add(StandardPage, self.root, f"{self.word}-submitted"))
        secret = self.keep(self.live("secret", **self.filler.texts(StandardPage)))
        self.filler.row(PageViewRestriction, page=secret, restriction_type="password")
        for model in page_types():
            if place := self.place_for(model):
                self.keep(self.add(model, place, f"{self.word}-{model._meta.model_name}"))
        self.redraft(self.root)
        later = self.add(StandardPage, self.root, f"{self.word}-later")
        later.go_live_at = timezone.now() + datetime.timedelta(days=9)
        later.save_revision().publish()
        self.live("gone", title=f"{self.word}-gone").unpublish()
        self.add(StandardPage, self.draft, f"{self.word}-below")

    def add(self, model: type[Page], parent: Page, slug: str, *, locked: bool = False) -> Any:
        """A draft full of words, as somebody of the section writes it."""
        page = self.filler.page(model, parent, slug, owner=self.person)
        page.picture_id = self.made[get_image_model()][0]
        if locked:
            page.locked, page.locked_by, page.locked_at = True, self.person, timezone.now()
        parent.add_child(instance=page)
        page.save_revision(user=self.person, log_action=True, clean=False)
        return model.objects.get(pk=page.pk)

    def live(self, slug: str, **fields: Any) -> Any:
        """A public page."""
        page = StandardPage(
            **{"title": f"Public {slug}", **fields, "slug": f"{slug}-{self.section.code}"},
            locale=self.root.locale, live=False,
        )  # fmt: skip
        self.root.add_child(instance=page)
        page.save_revision().publish()
        return StandardPage.objects.get(pk=page.pk)

    def redraft(self, page: Any) -> Any:
        """Give a public page words in a draft."""
        for name, value in (self.filler.texts(Page) | self.filler.texts(type(page))).items():
            setattr(page, name, value)
        page.save_revision(user=self.person, log_action=True, clean=False)
        return type(page).objects.get(pk=page.pk)

    def place_for(self, model: type[Page]) -> Page | None:
        """Where in the section a page of that type may stand."""
        for pk in [
            *self.made.get(Page, ()),
            *self.root.get_descendants().values_list("pk", flat=True),
        ]:
            parent = Page.objects.get(pk=pk).specific
            if model.fits_below(parent) and parent.path.startswith(self.root.path):
                return parent
        return self.root if model.fits_below(self.root) else None

    def states(self) -> None:
        """A page that was sent back with a comment, and waits for the section's step again."""
        workflow, page = self.section.workflow, self.submitted
        state = workflow.start(page, self.person)
        words = self.filler.words(type(state.current_task_state), "comment")
        state.current_task_state.reject(user=self.person, comment=words)
        state.refresh_from_db()
        state.cancel(user=self.person)
        state = self.keep(workflow.start(StandardPage.objects.get(pk=page.pk), self.person))
        self.step = state.current_task_state.task_id
        words = self.filler.words(Waiting, "reason")
        Waiting.objects.filter(workflow_state=state).update(reason=words)
        self.keep(state.current_task_state)
        self.keep(state.current_task_state.revision)

    def talk(self) -> None:
        """What they wrote to each other beside a page."""
        said = {"page": self.draft, "user": self.person, "contentpath": "title"}
        comment = self.keep(self.filler.row(Comment, **said))
        self.keep(self.filler.row(CommentReply, comment=comment, user=self.person))
        here = {"user": self.person, "object_id": str(self.draft.pk)}
        self.keep(self.filler.row(EditingSession, **here))

    def translations(self) -> None:
        """A draft in the section's other language, and what wagtail-localize stores of it."""
        other = Locale.objects.get(language_code=self.section.languages[1])
        self.keep(self.draft.copy_for_translation(other, copy_parents=True))
        source, _made = TranslationSource.update_or_create_from_instance(self.draft)
        self.keep(Translation.objects.create(source=source, target_locale=other))
        for segment in source.stringsegment_set.select_related("string", "context"):
            self.filler.row(
                StringTranslation, translation_of=segment.string, locale=other,
                context=segment.context, last_translated_by=self.person,
            )  # fmt: skip
        TranslationLog.objects.create(source=source, locale=other)
        asked = self.keep(
            Asked.objects.create(
                section=self.section, root=self.draft, languages=[], requested_by=self.person
            )
        )
        self.filler.row(AskedPage, submission=asked, page=self.draft, status="failed", order=1)
        self.keep(source)

    def logs(self) -> None:
        """What the history tells, with words in it."""
        for thing in (self.draft, self.section, self.person, self.one(get_image_model())):
            entry = log(thing, "wagtail.edit", user=self.person)
            model = type(entry)
            model.objects.filter(pk=entry.pk).update(**self.filler.texts(model))
            self.keep(entry)

    def the_rest(self) -> None:
        """A row of each model that has none with words yet, as far as one can be made blindly."""
        for model in owned.owned_models():
            if not text_columns(model) or issubclass(model, Page) or not self.bare(model):
                continue
            try:
                with transaction.atomic():
                    self.keep(self.filler.row(model))
            except (
                DatabaseError,
                ObjectDoesNotExist,
                KeyError,
                TypeError,
                ValueError,
                ValidationError,
                StopIteration,
            ):
                continue  # named by `unplanted`

    def bare(self, model: type[models.Model]) -> list[str]:
        """The columns for words in which none of the section's rows has the section's word."""
        rows = model._base_manager.filter(pk__in=self.rows.get(model, ()))
        columns = text_columns(model)
        bare = {field.name for field in columns}
        for row in rows:
            told = {field.name: field.value_to_string(row) for field in columns}
            if issubclass(model, CoalitionPage | Page) and row.latest_revision_id:
                content = Revision.objects.get(pk=row.latest_revision_id).content
                told = {name: told[name] + json.dumps(content.get(name)) for name in told}
            bare -= {name for name, value in told.items() if self.word in str(value)}
        return sorted(bare)

    def unplanted(self) -> list[str]:
        """The columns for words, as `app.Model.column`, that nothing was planted in."""
        return [
            f"{model._meta.label}.{name}"
            for model in owned.owned_models()
            if not (
                issubclass(model, Page) and model not in self.rows and not self.place_for(model)
            )
            for name in self.bare(model)
        ]


def page_types() -> Iterable[type[Page]]:
    """Types of pages, those before that others stand below."""
    models = [model for model in get_page_models() if issubclass(model, CoalitionPage)]
    return sorted(models, key=lambda model: not getattr(model, "subpage_types", ["any"]))
