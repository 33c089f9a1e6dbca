"""The languages of the network. Another one is a line here and a catalogue in `locale/`."""

from django.conf import global_settings, locale

from .environment import PROJECT_DIR

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("ar", "Arabic"),
    ("bn", "Bengali"),
    ("fil", "Filipino"),
    ("hi", "Hindi"),
    ("id", "Indonesian"),
    ("ja", "Japanese"),
    ("km", "Khmer"),
    ("ko", "Korean"),
    ("lo", "Lao"),
    ("ms", "Malay"),
    ("my", "Burmese"),
    ("ne", "Nepali"),
    ("si", "Sinhala"),
    ("ta", "Tamil"),
    ("tet", "Tetum"),
    ("th", "Thai"),
    ("tpi", "Tok Pisin"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh-hans", "Simplified Chinese"),
]

# Django knows nothing of these five; without an entry and a compiled catalogue they are never
# served. Browsers still send the old `tl` for Filipino.
locale.LANG_INFO.update(
    {
        code: {"bidi": False, "code": code, "name": name, "name_local": local}
        for code, name, local in [
            ("fil", "Filipino", "Filipino"),
            ("lo", "Lao", "ລາວ"),
            ("si", "Sinhala", "සිංහල"),
            ("tet", "Tetum", "Tetun"),
            ("tpi", "Tok Pisin", "Tok Pisin"),
        ]
    }
)
locale.LANG_INFO["tl"] = {"fallback": ["fil"]}
LANGUAGES_BIDI = global_settings.LANGUAGES_BIDI

LOCALE_PATHS = [PROJECT_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# For languages whose dates and numbers Django does not know; it knows the others' own.
DATE_FORMAT = "j F Y"
NUMBER_GROUPING = 3
FORMAT_MODULE_PATH = ["coalition.formats"]
