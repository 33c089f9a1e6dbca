from coalition.core.doctor import examines

from .raising import fail

examines("broken")(fail)
