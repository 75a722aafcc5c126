"""Settings. Safe for production as they stand; the environment opens, never the other way round.

`samspel` (the command line) sets the environment for what it starts, so a deployment needs only what differs:
SAMSPEL_HOME, DATABASE_URL, SAMSPEL_HOSTS, SAMSPEL_URL, SAMSPEL_SECRET_KEY, SAMSPEL_EMAIL_URL, SAMSPEL_FROM,
SAMSPEL_REPLY_TO, SAMSPEL_BOUNCES_TO, SAMSPEL_BOUNCES_IMAP, SAMSPEL_SENDER_DOMAINS, SAMSPEL_KEEP_PEOPLE_MONTHS.
"""

from __future__ import annotations

import os
from email.utils import parseaddr

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samspel.config import home, logins
from samspel.config.database import database_settings
from samspel.config.mail import mail_rates, mail_settings


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEBUG = False
# The demo lives in a marked home of its own; nothing else makes it a demo.
SAMSPEL_IS_DEMO = home.is_demo()
# Plain HTTP and cookies without HTTPS: the demo alone, which binds loopback only. No switch turns it on.
_IS_PLAIN_HTTP = SAMSPEL_IS_DEMO

SECRET_KEY = home.secret_key()
_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
# A demo answers to this machine's own names alone: anyone can log in as anyone there.
ALLOWED_HOSTS = _THIS_MACHINE if SAMSPEL_IS_DEMO else _words("SAMSPEL_HOSTS") or _THIS_MACHINE
CSRF_TRUSTED_ORIGINS = _words("SAMSPEL_TRUSTED_ORIGINS")
# Where people reach the site, as links in mails say it.
SAMSPEL_URL = (
    os.environ.get("SAMSPEL_URL")
    or (f"http://localhost:{os.environ.get('PORT', '8000')}" if _IS_PLAIN_HTTP else f"https://{ALLOWED_HOSTS[0]}")
).rstrip("/")

INSTALLED_APPS = [
    "samspel.reporting",
    "samspel.selection",
    "samspel.letters",
    "samspel.forms",
    "samspel.casefiles",
    "samspel.schemes",
    "samspel.registry",
    "samspel.accounts",
    "samspel.post",
    "samspel.kernel",
    "samspel.config.apps.ConfigConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "samspel.config.apps.DjangoForms",
    "procrastinate.contrib.django",
    "pgtrigger",
    "csp",
    "django_htmx",
    "django_structlog",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samspel.accounts.middleware.SessionLevel",
    "samspel.accounts.middleware.LastSeen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    # Last: everything above sees the administrator herself, and nobody but the page sees as whom she looks.
    "samspel.accounts.middleware.LookingAs",
]

ROOT_URLCONF = "samspel.config.urls"
WSGI_APPLICATION = "samspel.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samspel.kernel.ui.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "samspel.kernel.ui.forms.Renderer"

DATABASES = {"default": database_settings(os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits live in the cache, so it is one that every process shares.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samspel_cache",
        # Django's own limit of 300 would let a stranger with some hundred addresses push out the counters.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:work"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "samspel.accounts.adapters.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Of a password alone, which nobody has: a passkey or an organization's own login needs no code besides.
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# By address it is a stranger's guesses that are counted; by network a whole conference may sit behind one.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "120/m/ip,3/m/key,20/h/key",
    "confirm_login_code": "120/m/ip",
    # A new mail address, asked for and confirmed by who is logged in.
    "change_address": "5/h/user",
    "confirm_address": "30/h/user",
    # What strangers may send in: by network, and in all for one organization.
    "authorization": "20/h/ip,20/d/key",
    "interest": "20/h/ip,20/d/key",
    "invitation": "120/m/ip",
    # Codes of an app, by person.
    "login_failed": "120/m/ip,5/300s/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("SAMSPEL_BEHIND_PROXY") == "1" else 0
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# For how long (seconds) having shown who one is counts as just now, before ways to log in may be changed.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60

MFA_ADAPTER = "samspel.accounts.adapters.methods.MethodsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Samspel"
# One half minute early or late: people type, and telephones are wrong.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}

# Organizations' own logins, from the file that SAMSPEL_LOGIN_FILE names (docs/guides/login.md).
SAMSPEL_LOGINS = logins.read()
# How sure a login is, by the ways gone: read, submit or sign; `a+b` is both. Federations say it by their own values.
SAMSPEL_LEVELS = {
    "code": "read",
    "code+totp": "submit",
    "federation+totp": "submit",
    "passkey": "submit",
    "demo": "sign",
}
SOCIALACCOUNT_ADAPTER = "samspel.accounts.adapters.federations.FederationAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
USE_I18N = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = home.path("static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = home.path("files")

# An upload is read in memory and never laid on disk: it may carry names that are dropped on read.
FILE_UPLOAD_HANDLERS = ["samspel.kernel.files.uploads.CappedMemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A table of five hundred rows is posted whole by a page without a script.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SAMSPEL_UPLOAD_LIMIT = 50 * 1024 * 1024
# The virus check of what is handed in: clamd://host:port or clamd:///path/to/clamd.sock; empty: unchecked, and said so.
SAMSPEL_VIRUS_CHECK = os.environ.get("SAMSPEL_VIRUS_CHECK", "")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _IS_PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = not _IS_PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_HSTS_SECONDS = 0 if _IS_PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("SAMSPEL_BEHIND_PROXY") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}


EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 20
# A demo's mail goes to its own server on this machine, whatever the environment says: none of it may reach anybody.
SAMSPEL_DEMO_MAIL = home.path("mail")
_DEMO_MAIL_SERVER = {"SAMSPEL_EMAIL_URL": f"smtp://127.0.0.1:{home.Home.of().read('mail.json').get('port', 9)}"}
globals().update(mail_settings(_DEMO_MAIL_SERVER if SAMSPEL_IS_DEMO else os.environ))
SAMSPEL_MAIL_RATES = mail_rates(os.environ)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("SAMSPEL_FROM", "Samspel <samspel@localhost>")
# Where answers go: an address that people read.
SAMSPEL_REPLY_TO = os.environ.get("SAMSPEL_REPLY_TO") or DEFAULT_FROM_EMAIL
# Where mail servers tell that a mail did not arrive; `{key}` in it becomes the message's key (studs+{key}@…).
SAMSPEL_BOUNCES_TO = os.environ.get("SAMSPEL_BOUNCES_TO", "")
# The mailbox where that is read: imaps://user:password@host/FOLDER?done=FOLDER.
SAMSPEL_BOUNCES_IMAP = os.environ.get("SAMSPEL_BOUNCES_IMAP", "")
# Domains that our mail server may send for (SPF and DKIM are set up); a university's own address lies in one of them.
SAMSPEL_SENDER_DOMAINS = _words(
    "SAMSPEL_SENDER_DOMAINS", "malarstrand.example,norrlarosatet.example" if SAMSPEL_IS_DEMO else ""
)
# The shared mailbox that questions come to: where it is read, and the address that answers go back to.
SAMSPEL_MAILBOX_IMAP = os.environ.get("SAMSPEL_MAILBOX_IMAP", "")
SAMSPEL_MAILBOX_ADDRESS = parseaddr(os.environ.get("SAMSPEL_MAILBOX_ADDRESS") or SAMSPEL_REPLY_TO)[1]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://samspel.config.logs.render",
            "foreign_pre_chain": [],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SAMSPEL_LOG_LEVEL", "INFO")},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        # That it was loaded, and what it thinks of each file, is no news to whoever runs the system.
        "pikepdf": {"level": "WARNING"},
        "pypdf": {"level": "ERROR"},
        "django_structlog": {"level": os.environ.get("SAMSPEL_LOG_LEVEL", "WARNING")},
    },
}
DJANGO_STRUCTLOG_USER_ID_FIELD = "key"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
PROCRASTINATE_ON_APP_READY = None

# How long after her last task a person's name and address are kept; she is told a month before they go.
SAMSPEL_KEEP_PEOPLE_MONTHS = max(1, int(os.environ.get("SAMSPEL_KEEP_PEOPLE_MONTHS", "24")))
