from datetime import timedelta

from coalition.plugins.base import PersonalData

from .raising import fail

DATA = PersonalData(
    name="broken-people",
    what="Nobody knows.",
    kept_for=timedelta(days=1),
    export=fail,
    erase=fail,
    expire=fail,
)
