"""Models that all pages share."""

from .document import CoalitionDocument
from .image import CoalitionImage, CoalitionRendition
from .key import PageKey
from .page import CoalitionPage
from .topic import PageTopic, Topic, TopicName

__all__ = [
    "CoalitionDocument",
    "CoalitionImage",
    "CoalitionPage",
    "CoalitionRendition",
    "PageKey",
    "PageTopic",
    "Topic",
    "TopicName",
]
