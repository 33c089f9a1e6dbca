"""People who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the secretariat, focal points, editors, translators and campaigners."""

    name = "coalition.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        from coalition.accounts import receivers  # noqa: F401
