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
WAGTAIL_FINISH_WORKFLOW_ACTION = "countries.domain.approval.publish_approved"
# Slugs are ASCII: Khmer and Indic ones lose their vowels otherwise.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Pictures and documents are written anew (docs/decisions/0008-files-written-anew.md).
WAGTAILIMAGES_IMAGE_MODEL = "core.CoalitionImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "coalition.core.files.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = [
    "avif", "gif", "heic", "heif", "hif", "jfif", "jpe", "jpeg", "jpg", "png", "webp",
]  # fmt: skip
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# What a phone with "50 megapixels" makes; decoding it takes up to 800 MB for a moment.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 52_000_000
# Without a format in its name a rendition is small everywhere, not a PNG.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "webp": "webp"}
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_JPEG_QUALITY = 72
WAGTAILDOCS_DOCUMENT_MODEL = "core.CoalitionDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "coalition.core.files.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}

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
