"""Settings of every process; what differs between installations comes from the environment.

`docs/how-to/settings.md` lists the variables.
"""

from __future__ import annotations

import os
from pathlib import Path

import django_stubs_ext
import structlog
from django.utils.translation import gettext_lazy as _

from linli.config.database import parse_database_url

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "linli"
VAR = Path(os.environ.get("LINLI_VAR", ROOT / "var"))

DEMONSTRATION = os.environ.get("LINLI_DEMONSTRATION") == "1"
SCRATCH = os.environ.get("LINLI_SCRATCH") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("LINLI_SECRET", "")
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "127.0.0.1,localhost,testserver").split(",")
HTTPS = os.environ.get("LINLI_HTTPS") == "1"

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
    "django_htmx",
    "django_vite",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "linli.ground.kernel",
    "linli.ground.territory",
    "linli.ground.people",
    "linli.ground.notices",
    "linli.spine.cases",
    "linli.programmes.callback",
    "linli.programmes.couriers",
    "linli.programmes.enforcement",
    "linli.programmes.hotline",
    "linli.programmes.keeping",
    "linli.programmes.returns",
    "linli.programmes.shifts",
    "linli.programmes.talk",
    "linli.programmes.whistle",
    "linli.reactions",
    "linli.faces.frame",
    "linli.faces.public",
    "linli.faces.field",
    "linli.faces.desk",
    # Read only; after the desk, whose templates clothe it.
    "linli.faces.desk.admin_config.ReadOnlyAdminConfig",
    "linli.faces.api",
    "linli.demonstration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.faces.frame.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.faces.frame.middleware.PageMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linli.ground.people.middleware.MemberMiddleware",
]
# Staff outside the demonstration (and outside a replay's scratch instance) need a second factor.
SECOND_FACTOR = not (DEMONSTRATION or SCRATCH)
if SECOND_FACTOR:
    MIDDLEWARE.append("linli.ground.people.middleware.SecondFactorMiddleware")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.faces.frame.context.frame",
            ],
            # In place of Django's own: constant texts are looked up once.
            "libraries": {"i18n": "linli.faces.frame.templatetags.kept_i18n"},
        },
    }
]

FORM_RENDERER = "linli.faces.frame.rendering.PlainRenderer"

AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"

TIME_ZONE = os.environ.get("LINLI_ZONE", "Asia/Shanghai")
USE_TZ = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# Without an address nothing connects, but set-up steps that need no database still run.
DATABASES = {"default": parse_database_url(os.environ.get("DATABASE_URL", "postgresql:///linli"))}
CACHES = {
    # Rate limits must hold over all processes; the table is made by `createcachetable`.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
    }
}

AUTHENTICATION_BACKENDS = ["linli.ground.people.sign_in.LoginOrPhoneBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
if DEMONSTRATION:
    PASSWORD_HASHERS.insert(0, "linli.config.hashing.DemonstrationPasswordHasher")
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_ADAPTER = "linli.ground.people.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "linli.ground.people.forms.SignInForm",
    "change_password": "linli.ground.people.forms.PasswordForm",
    "reauthenticate": "linli.ground.people.forms.ConfirmPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
# A whole office signs in at eight from one address; one account still has five tries.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "linli.ground.people.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "linli.ground.people.forms.CodeForm",
    "reauthenticate": "linli.ground.people.forms.ConfirmCodeForm",
    "activate_totp": "linli.ground.people.forms.ActivateForm",
}
MFA_TOTP_ISSUER = "Linli 邻里"

# WeChat: the official account's app inside WeChat, the website's app elsewhere; off without them.
WECHAT_OPEN = "https://open.weixin.qq.com"
WECHAT_API = "https://api.weixin.qq.com"
SOCIALACCOUNT_PROVIDERS = {
    way: {"APP": {"client_id": os.environ[f"{name}_ID"], "secret": os.environ[f"{name}_SECRET"]}}
    for way, name in (("wechat", "LINLI_WECHAT"), ("wechat_website", "LINLI_WECHAT_WEBSITE"))
    if os.environ.get(f"{name}_ID") and os.environ.get(f"{name}_SECRET")
}
SOCIALACCOUNT_ADAPTER = "linli.ground.people.wechat.WeChatAccounts"
SOCIALACCOUNT_STORE_TOKENS = False

SESSION_ENGINE = "linli.ground.people.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "linli.faces.frame.errors.csrf_failure"
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("LINLI_ORIGINS", "").split(",") if o]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    # Answers for programs are no pages; the API's own page of documents keeps the policy.
    "EXCLUDE_URL_PREFIXES": (
        *("/api/v1/reports", "/api/v1/photos", "/api/v1/uploads"),
        "/api/v1/cases",
    ),
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # A form that sends somebody to WeChat ends there.
        "form-action": ["'self'", *([WECHAT_OPEN] if SOCIALACCOUNT_PROVIDERS else [])],
        "frame-ancestors": ["'none'"],
    },
}

STATIC_URL = "/static/"
BUILT = SOURCE / "faces" / "frame" / "static" / "built"
# Served straight from the packages: no collecting step, nothing to fall out of step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+/built/assets/.+-[0-9A-Za-z_-]{8}\..+$"
DJANGO_VITE = {
    "default": {"manifest_path": BUILT / "manifest.json", "static_url_prefix": "built"},
}

MEDIA_ROOT = Path(os.environ.get("LINLI_MEDIA", VAR / "media"))
STORAGES = {
    "default": {
        "BACKEND": os.environ.get(
            "LINLI_MEDIA_BACKEND", "django.core.files.storage.FileSystemStorage"
        )
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2

EMAIL_BACKEND = os.environ.get(
    "LINLI_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("LINLI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LINLI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LINLI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LINLI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LINLI_EMAIL_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_EMAIL_FROM", "linli@localhost")
# How notices leave the system; read and judged by `linli.ground.notices.configuration`.
NOTICES = {
    name: value
    for name, value in os.environ.items()
    if name.startswith(
        (
            "LINLI_SITE",
            "LINLI_EMAIL",
            "LINLI_SMS",
            "LINLI_ROBOT",
            "LINLI_SEND_",
            "LINLI_DIGEST_",
            "LINLI_QUIET_",
            "LINLI_URGENT_",
        )
    )
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# The main job's own settings.
LANE = os.environ.get("LINLI_LANE", "1") == "1"
REOPEN_WITHIN_DAYS = int(os.environ.get("LINLI_REOPEN_WITHIN_DAYS", "7"))
# The file of a recorded voice is deleted after its term; what was typed from it stays.
RECORDING_DAYS = int(os.environ.get("LINLI_RECORDING_DAYS", "90"))
LINK_DAYS = int(os.environ.get("LINLI_LINK_DAYS", "3"))
# A folder of fonts for paper, where the machine has no Chinese ones of its own.
FONTS = os.environ.get("LINLI_FONTS", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "events": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "filters": {"without_secrets": {"()": "linli.config.logs.WithoutSecrets"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "events"}},
    "loggers": {
        name: {"filters": ["without_secrets"]}
        for name in ("django.request", "django.security.csrf")
    },
    "root": {"handlers": ["standard_error"], "level": os.environ.get("LINLI_LOG_LEVEL", "WARNING")},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
