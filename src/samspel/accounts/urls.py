"""Addresses of accounts. Those of login keep the names that allauth asks for; the others are `accounts:…`.

What allauth could do besides (passwords, sign-up, changing addresses) has no address here.
"""

from django.urls import include, path

from samspel.accounts.views import allowances, demo, login, own, viewing

address = login.Address.as_view()

ours = [
    path("arbete/", own.work, name="work"),
    path("konto/", own.account, name="account"),
    path("konto/demo/", demo.demo, name="demo"),
    path("arbete/behorigheter/", allowances.page, name="allowances"),
    path("arbete/behorigheter/behorigheter.<str:kind>", allowances.export, name="allowances_export"),
    path("arbete/se-som/", viewing.look, name="viewing"),
    path("arbete/se-som/sluta/", viewing.stop, name="viewing_stop"),
]

urlpatterns = [
    path("konto/logga-in/", address, name="account_login"),
    path("konto/logga-in/", address, name="account_request_login_code"),
    path("konto/kod/", login.Code.as_view(), name="account_confirm_login_code"),
    path("konto/logga-ut/", login.Leave.as_view(), name="account_logout"),
    path("konto/avslutat/", login.Inactive.as_view(), name="account_inactive"),
    path("konto/saknas/", login.no_account, name="account_signup"),
    path("", include((ours, "accounts"))),
]
