"""Settings, read from the environment; every default suits one modest server or a developer's first look.

Refuses to start when a production setting is missing (`SECRET_KEY`, `ALLOWED_HOSTS`).
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
TESTING = "pytest" in sys.modules
DATA_DIR = Path(env.str("QMS_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY_FILE = DATA_DIR / "secret_key"  # made by bin/run where the environment gives no key
SECRET_KEY = env.str("SECRET_KEY", default=SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.exists() else "")
if not SECRET_KEY and (DEBUG or TESTING):
    SECRET_KEY = "only-for-development-never-on-a-server-000000000"  # noqa: S105 - refused outside DEBUG and tests
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY phải có ít nhất 32 ký tự; đặt trong môi trường hoặc chạy với DEBUG=1.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "guardian",
    "django_htmx",
    "csp",
    "qms.deadlines",
    "qms.organisation",
    "qms.files",
    "qms.notifications",
    "qms.workflow",
    "qms.standards",
    "qms.documents",
    "qms.duties",
    "plans",
    "objectives",
    "objectives.context",
    "objectives.satisfaction",
    "objectives.reports",
    "qms.overview",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qms.overview.middleware.TextGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "qms.files.middleware.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qms.overview.middleware.PrivatePagesMiddleware",
    "qms.overview.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qms.organisation.middleware.SessionActivityMiddleware",
    "qms.organisation.middleware.CurrentRolesMiddleware",
    "qms.organisation.middleware.OwnPasswordMiddleware",
    "qms.overview.middleware.FormAddressMiddleware",
]

ROOT_URLCONF = "qms.urls"
WSGI_APPLICATION = "qms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "qms.overview.templatetags.qms"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "qms.overview.context.frame",
            ],
        },
    }
]

# Database. SQLite as many writers need it: IMMEDIATE transactions, WAL, a patient timeout (docs/decisions/0003).
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'qms.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis or Valkey, shared by the web workers (rate limits, caches). Without one, each process has its own memory.
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SITE_NAME = env.str("QMS_SITE_NAME", default="Quản lý chất lượng")

# Sign-in (django-allauth).
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "qms.organisation.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "qms.organisation.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by mail
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_USER_DISPLAY = "qms.organisation.adapters.user_display"
USERSESSIONS_TRACK_ACTIVITY = True  # shown in the list; written by SessionActivityMiddleware
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are kept by the agency, not confirmed by their owners
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [], "OAUTH_PKCE_ENABLED": True}}
OIDC_TARGETS: list[str] = []  # where the browser may be sent from the sign-in form
if env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": env.str("OIDC_PROVIDER_ID", default="sso"),
            "name": env.str("OIDC_NAME", default="Đăng nhập một lần của tỉnh"),
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {
                "server_url": env.str("OIDC_SERVER_URL"),
                # For providers that vouch for addresses without saying so in `email_verified`.
                "verified_email": env.bool("OIDC_TRUST_EMAIL", default=False),
            },
        }
    )
    OIDC_TARGETS = env.list("OIDC_TARGETS", default=["/".join(env.str("OIDC_SERVER_URL").split("/")[:3])])
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None

# Mail. With no server set, mails are written to files where they can be read.
if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10  # seconds; a mail server that does not answer must not hold a page
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="qms@localhost")

# Work in the background: Celery's worker and beat on the same Redis or Valkey. A task is a repeatable scan of the
# database, so that a lost or doubled message of the broker changes nothing (docs/decisions/0017).
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=") or None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # the next look takes up what is left
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 15 * 60, "unacked_restore_throttle": 1}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
REMINDER_INTERVAL = env.int("QMS_REMINDER_INTERVAL", default=15 * 60)  # seconds between two looks at the clock
ANSWER_LINK_DAYS = env.int("QMS_ANSWER_LINK_DAYS", default=14)  # how long the link of a reminder opens its duty
REMINDER_LEASE = env.int("QMS_REMINDER_LEASE", default=5 * 60)  # seconds after which a silent worker counts as dead
CELERY_BEAT_SCHEDULE = {
    "reminders": {
        "task": "qms.duties.tasks.remind",
        "schedule": REMINDER_INTERVAL,
        "options": {"expires": REMINDER_INTERVAL},  # looks that nobody took do not pile up
    },
    "files": {"task": "qms.files.tasks.sweep", "schedule": 24 * 60 * 60},
}

# Where links in mails lead, and whose name their Message-ID bears.
SITE_URL = env.str("QMS_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
MAIL_DOMAIN = env.str("QMS_MAIL_DOMAIN", default=SITE_URL.split("://")[-1].split("/")[0].split(":")[0])

# Language, time, numbers.
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["qms.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]  # only the words of libraries that have none in Vietnamese (docs/giao-dien.md)

# Files. Static ones are public; everything a user gives or we freeze is private, below DATA_DIR.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
S3_BUCKET = env.str("S3_BUCKET", default="")  # a bucket of any server that speaks S3, instead of MEDIA_ROOT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not S3_BUCKET
    else {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": env.str("S3_ACCESS_KEY", default="") or None,
            "secret_key": env.str("S3_SECRET_KEY", default="") or None,
            "location": env.str("S3_PREFIX", default=""),
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": "private",
            "file_overwrite": False,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
EVIDENCE_MAX_BYTES = env.int("QMS_EVIDENCE_MAX_MB", default=25) * 1024 * 1024
REQUEST_MAX_BYTES = env.int("QMS_REQUEST_MAX_MB", default=100) * 1024 * 1024  # all files of one form together

# Security.
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=12 * 60 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from the machine itself, without the proxy
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_WIDE", default=False)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose attempts to sign in are counted
# HSTS for all subdomains binds servers that are not ours; whoever owns the whole domain sets SECURE_HSTS_WIDE.
SILENCED_SYSTEM_CHECKS = env.list("SILENCED_SYSTEM_CHECKS", default=["security.W005", "security.W021"])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_TARGETS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}},
}
