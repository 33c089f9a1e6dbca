"""What Wagtail's log calls the things that are done with a section."""

OPENED = "sections.opened"
LANGUAGES_ADDED = "sections.languages_added"
APPROVAL_CHANGED = "sections.approval_changed"
PROVISIONED = "sections.provisioned"
ARCHIVED = "sections.archived"
BROUGHT_BACK = "sections.brought_back"
REPAIRED = "sections.repaired"
