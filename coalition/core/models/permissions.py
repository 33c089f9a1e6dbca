"""What somebody may do with a page: less in an archived section, and asked in fewer queries."""

from wagtail.models import Page, PagePermissionTester

from coalition.sections.archive import is_archived_for


class CoalitionPermissionTester(PagePermissionTester):
    """For people who do not publish, the explorer asked the database twice for each page.

    In an archived section nothing goes towards the public, whoever asks. Adding is refused by
    `coalition.sections.archive_guard`, with words, so that what was typed can still be saved.
    """

    def can_publish(self) -> bool:
        """As Wagtail, but not in an archived section."""
        return bool(super().can_publish()) and not self._is_archived()

    def can_publish_subpage(self) -> bool:
        """As Wagtail, but not in an archived section."""
        return bool(super().can_publish_subpage()) and not self._is_archived()

    def can_submit_for_moderation(self) -> bool:
        """As Wagtail, but not in an archived section."""
        return bool(super().can_submit_for_moderation()) and not self._is_archived()

    def can_move_to(self, destination: Page) -> bool:
        """As Wagtail, but not into an archived section."""
        return bool(super().can_move_to(destination)) and not is_archived_for(
            self.user, destination
        )

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """As Wagtail, but not into an archived section."""
        return bool(super().can_copy_to(destination, recursive)) and not is_archived_for(
            self.user, destination
        )

    def _is_archived(self) -> bool:
        return is_archived_for(self.user, self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As Wagtail: without the right to publish nothing live can be deleted.

        Of a page with nothing below it that is known already.
        """
        if self.user.is_superuser or not self.user.is_active or self.page_is_root:
            return bool(super().can_delete(ignore_bulk))
        asks_for_live = "change" in self.permissions and "publish" not in self.permissions
        if asks_for_live and self.page.is_leaf():
            return not self.page.live
        return bool(super().can_delete(ignore_bulk))
