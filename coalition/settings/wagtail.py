"""Wagtail and wagtail-localize: nothing leaves the site, nothing is translated by itself."""

from .environment import text
from .languages import LANGUAGES

WAGTAIL_SITE_NAME = "Coalition"
WAGTAILADMIN_BASE_URL = text("BASE_URL", "http://localhost:8000").rstrip("/")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_MODERATION_ENABLED = False
# Slugs are ASCII: Khmer and Indic ones lose their vowels otherwise.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# The admin calls nobody.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []

# As shipped, translations go live with their source and deleted sources turn into aliases.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# One page's form holds a field for every cell of its tables and every row of its lists. What is too
# large for readers is refused by name, not by Django's limit of 1,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
