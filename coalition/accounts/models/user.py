"""The account model, in place before the first migration so that it can grow."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing] # AbstractImage's own relations
    """Somebody who signs in. Their user name is a pseudonym, and all that others see of them."""

    email = models.EmailField(_("email address"), blank=True)

    class Meta(AbstractUser.Meta):
        # People sign in whatever the case of the letters they type.
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message=_("This name is taken. Choose another one."),
            )
        ]

    def get_full_name(self) -> str:
        """The pseudonym: no real name is shown, even where an older account has one."""
        return self.username

    def get_short_name(self) -> str:
        """The same."""
        return self.username
