"""The program's own settings, but over plain HTTP: the test client and the test browser have no certificate."""

from samspel.config.settings import *  # noqa: F403 - the point is that they are the same
from samspel.config.settings import MIDDLEWARE as _MIDDLEWARE

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
# The same, but every browser of a test has a handler of its own, and each would look through the static files anew.
_OURS = {"whitenoise.middleware.WhiteNoiseMiddleware": "samspel.testing.static.Served"}
MIDDLEWARE = [_OURS.get(name, name) for name in _MIDDLEWARE]
