"""Settings that hold everywhere; each integration has a file of its own beside this one."""

from .accounts import *  # noqa: F403
from .approval import *  # noqa: F403
from .cache import *  # noqa: F403
from .database import *  # noqa: F403
from .environment import PROJECT_DIR, VAR_DIR, env, text
from .jobs import *  # noqa: F403
from .languages import *  # noqa: F403
from .plugins import *  # noqa: F403
from .wagtail import *  # noqa: F403

BASE_URL = text("BASE_URL", "http://localhost:8000").rstrip("/")
# The same site as an onion service; browsers that can will offer it.
ONION_LOCATION = text("ONION_LOCATION").rstrip("/")
# Where “Leave now” leads: a site that anybody may be reading.
QUICK_EXIT_URL = text("QUICK_EXIT_URL", "https://www.wikipedia.org/")
# Where people report a weakness of the site (security.txt): mailto: or https:.
SECURITY_CONTACT = text("SECURITY_CONTACT")
DEBUG = False
DEMO = False
# Every component on one page, for those who work on the design.
PATTERNS = False

INSTALLED_APPS = [
    "campaigns",
    "countries",
    "home",
    "search",
    "coalition.translation",
    "coalition.approval",
    "coalition.audit",
    "coalition.core",
    "coalition.sections",
    "coalition.accounts",
    "coalition.jobs",
    "coalition.plugins",
    *PLUGINS.apps,  # noqa: F405
    "wagtail_localize",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "django_rq",
]

MIDDLEWARE = [
    "coalition.core.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coalition.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "coalition.accounts.sessions.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coalition.accounts.middleware.SecondFactorMiddleware",
    "coalition.sections.middleware.SectionIsolationMiddleware",
    "coalition.sections.archive_guard.ArchivedSectionMiddleware",
    "coalition.core.publishing.PublishingRefusedMiddleware",
    "coalition.plugins.middleware.PluginMiddleware",
]

ROOT_URLCONF = "coalition.urls"
WSGI_APPLICATION = "coalition.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "coalition" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coalition.core.chrome.context",
                "home.context.contact",
            ],
        },
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = text("STATIC_ROOT", str(VAR_DIR / "static"))
STATICFILES_DIRS = [PROJECT_DIR / "coalition" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = text("MEDIA_ROOT", str(VAR_DIR / "media"))

vars().update(env.email_url_config(text("EMAIL_URL", f"filemail:///{VAR_DIR}/mail")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
