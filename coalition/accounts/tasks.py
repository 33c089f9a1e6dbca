"""Jobs of accounts."""

from typing import Any

from django_tasks import task

from coalition.accounts import letters
from coalition.accounts.models import User


@task()
def send_letter(user_id: int, letter: str, context: dict[str, Any]) -> None:
    """Send a letter to somebody who may have lost their account or address meanwhile."""
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is not None:
        language = letters.language_of(user)
        letters.send(address=user.email, language=language, letter=letter, context=context)
