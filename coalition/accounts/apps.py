"""People who sign in."""

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    """Accounts of the secretariat, focal points, editors, translators and campaigners."""

    name = "coalition.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listen to what happens to accounts; Wagtail's own pages of them are shut."""
        from coalition.accounts import receivers  # noqa: F401

        users = apps.get_app_config("wagtailusers")
        users.user_viewset = "coalition.accounts.admin.stock.ClosedUserViewSet"  # type: ignore[attr-defined]
