"""What all pages share."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Pages, blocks, topics, languages and what the public may see of them."""

    name = "coalition.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Connect the receivers."""
        from . import checks, receivers  # noqa: F401
        from .files import doctor as of_files  # noqa: F401
        from .files import receivers as files_receivers  # noqa: F401
        from .transactions import make_whole

        make_whole()
