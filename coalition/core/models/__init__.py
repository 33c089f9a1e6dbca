"""Models that all pages share."""

from .key import PageKey
from .page import CoalitionPage
from .topic import PageTopic, Topic, TopicName

__all__ = ["CoalitionPage", "PageKey", "PageTopic", "Topic", "TopicName"]
