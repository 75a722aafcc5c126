"""Addresses: Swedish words; `/en/…` is the same page in English."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from samspel.config import health
from samspel.kernel.ui import pages as shell

operation = [
    path("halsa/live", health.live, name="health-live"),
    path("halsa/redo", health.ready, name="health-ready"),
    path("halsa/arbetare", health.workers, name="health-workers"),
    path("robots.txt", shell.robots, name="robots"),
    path("favicon.ico", shell.favicon, name="favicon"),
]

pages = [
    path("", include("samspel.reporting.urls")),
    path("", include("samspel.selection.urls")),
    path("", include("samspel.letters.urls")),
    path("", include("samspel.forms.urls")),
    path("", include("samspel.casefiles.urls")),
    path("", include("samspel.registry.urls")),
    path("", include("samspel.schemes.urls")),
    path("", include("samspel.accounts.urls")),
    path("", include("samspel.post.urls")),
]
if settings.SAMSPEL_IS_DEMO or settings.DEBUG:
    pages += [path("monster/", shell.pattern_library, name="pattern-library")]

urlpatterns = [*operation, *i18n_patterns(*pages, prefix_default_language=False)]

handler400 = "samspel.kernel.ui.pages.bad_request"
handler403 = "samspel.kernel.ui.pages.permission_denied"
handler404 = "samspel.kernel.ui.pages.page_not_found"
handler500 = "samspel.kernel.ui.pages.server_error"
