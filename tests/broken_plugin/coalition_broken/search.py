from coalition.plugins.base import SearchFacet

from .raising import fail

MOOD = SearchFacet(label="Mood", values=fail, label_of=fail)
