"""The program's own settings, but over plain HTTP: the test client and the test browser have no certificate."""

from samspel.config.settings import *  # noqa: F403 - the point is that they are the same

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
