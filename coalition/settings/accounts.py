"""Accounts: sign-in by name and password, a second factor for the admin outside the demo."""

from .environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "coalition.accounts.adapter.CoalitionAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# How long the link of an invitation works.
INVITATION_DAYS = 7
# A person who lost their phone is vouched for within that time, or asks again.
RECOVERY_HOURS = 72
# Eight hours after signing in a session is over, whatever was done meanwhile; and it ends with the
# browser. Forms of allauth would offer to stay signed in.
SESSION_COOKIE_AGE = 8 * 3600
ACCOUNT_SESSION_REMEMBER = False
# By the sender's address (as a keyed hash that lives a day, docs/decisions/0014) and by the name
# that was typed, whether there is such an account or not.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/5m/ip,5/5m/key"}
# How many proxies stand before the site, each of which adds to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
