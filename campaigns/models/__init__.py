"""Campaigns, calls for action and success stories."""

from .call_for_action_page import CallForActionPage
from .campaign_page import CampaignPage
from .success_story_page import PersonShown, SuccessStoryPage

__all__ = ["CallForActionPage", "CampaignPage", "PersonShown", "SuccessStoryPage"]
