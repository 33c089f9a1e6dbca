"""The account model, in place before the first migration so that it can grow."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing] # AbstractImage's own relations
    """Somebody who signs in. The name may be a pseudonym; nothing else is required."""

    email = models.EmailField(_("email address"), blank=True)
