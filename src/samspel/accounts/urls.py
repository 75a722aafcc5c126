"""Addresses of accounts. Those of login keep the names that allauth asks for; the others are `accounts:…`.

What allauth could do besides (passwords, sign-up, changing addresses) has no address here.
"""

from importlib.util import find_spec

from django.urls import include, path

from samspel.accounts.views import (
    allowances,
    confirming,
    demo,
    duplicates,
    extracts,
    federated,
    login,
    methods,
    own,
    own_address,
    people,
    person_deeds,
    security,
    viewing,
)

address = login.Address.as_view()

ours = [
    path("arbete/", own.work, name="work"),
    path("konto/", own.account, name="account"),
    path("konto/demo/", demo.demo, name="demo"),
    path("konto/bekrafta/", confirming.confirm, name="confirm"),
    path("konto/sakerhet/", security.security, name="security"),
    path("konto/sakerhet/sessioner/avsluta/", security.end_other_sessions, name="end_other_sessions"),
    path("konto/sakerhet/sessioner/<int:pk>/avsluta/", security.end_session, name="end_session"),
    path("konto/sakerhet/kopplingar/<int:pk>/ta-bort/", security.unlink, name="unlink"),
    path("konto/via/<slug:provider_id>/", federated.start, name="federated"),
    path("arbete/behorigheter/", allowances.page, name="allowances"),
    path("arbete/behorigheter/behorigheter.<str:kind>", allowances.export, name="allowances_export"),
    path("arbete/se-som/", viewing.look, name="viewing"),
    path("arbete/se-som/sluta/", viewing.stop, name="viewing_stop"),
    path("konto/adress/", own_address.ask, name="own_address"),
    path("konto/adress/kod/", own_address.confirm, name="own_address_code"),
    path("konto/registerutdrag.<str:kind>", extracts.own, name="own_extract"),
    path("arbete/personer/", people.people, name="people"),
    path("arbete/personer/skyddade/", people.protected, name="people_protected"),
    path("arbete/personer/dubbletter/", duplicates.duplicates, name="duplicates"),
    path("arbete/personer/dubbletter/<uuid:one>/<uuid:other>/", duplicates.merge, name="merge"),
    path("arbete/personer/<uuid:person_key>/", people.person, name="person"),
    path("arbete/personer/<uuid:person_key>/visa/", people.show_name, name="person_show_name"),
    path("arbete/personer/<uuid:person_key>/ratta/", person_deeds.correct, name="person_correct"),
    path("arbete/personer/<uuid:person_key>/skydd/", person_deeds.protect, name="person_protect"),
    path("arbete/personer/<uuid:person_key>/inloggning/", security.reset, name="person_login"),
    path("arbete/personer/<uuid:person_key>/konto/", person_deeds.close, name="person_close"),
    path("arbete/personer/<uuid:person_key>/rensa/", person_deeds.empty, name="person_empty"),
    path("arbete/personer/<uuid:person_key>/dubblett/", duplicates.find_other, name="find_other"),
    path("arbete/personer/<uuid:person_key>/registerutdrag.<str:kind>", extracts.of_person, name="person_extract"),
]

urlpatterns = [
    path("konto/logga-in/", address, name="account_login"),
    path("konto/logga-in/", address, name="account_request_login_code"),
    path("konto/kod/", login.Code.as_view(), name="account_confirm_login_code"),
    path("konto/logga-ut/", login.Leave.as_view(), name="account_logout"),
    path("konto/avslutat/", login.Inactive.as_view(), name="account_inactive"),
    path("konto/saknas/", login.no_account, name="account_signup"),
    path("konto/passkey/", login.Passkey.as_view(), name="mfa_login_webauthn"),
    path("konto/andra-steget/", login.SecondStep.as_view(), name="mfa_authenticate"),
    path("konto/via/<slug:provider_id>/svar/", federated.answered, name="openid_connect_callback"),
    path("konto/sakerhet/passkey/ny/", methods.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("konto/sakerhet/passkey/<int:pk>/", methods.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("konto/sakerhet/passkey/<int:pk>/ta-bort/", methods.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("konto/sakerhet/app/ny/", methods.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("konto/sakerhet/app/ta-bort/", methods.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("konto/sakerhet/reservkoder/", methods.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("konto/sakerhet/reservkoder/nya/", methods.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("", include((ours, "accounts"))),
]

if find_spec("onelogin") is not None:  # the extra samspel[saml]
    from samspel.accounts.views import saml

    urlpatterns += [
        path("konto/saml/<slug:organization_slug>/svar/", saml.Answered.as_view(), name="saml_acs"),
        path("konto/saml/<slug:organization_slug>/in/", saml.Finish.as_view(), name="saml_finish_acs"),
        path("konto/saml/<slug:organization_slug>/ut/", saml.leave, name="saml_sls"),
        path("konto/saml/<slug:organization_slug>/metadata/", saml.Metadata.as_view(), name="saml_metadata"),
    ]
