"""Addresses of signing in, of one's own page, and of opened records.

Only what we use of allauth is mounted: no sign-up form, no mail, no reset by mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from . import web, web_phone, web_self, wechat
from .web_handover import confirm_work, work_handover

_WECHAT = [
    path(f"{way}/{step}/", view, {"way": way}, name=f"{way}_{name}")
    for way in ("wechat", "wechat_website")
    for step, view, name in (
        ("begin", wechat.begin, "login"),
        ("back", wechat.come_back, "callback"),
    )
]
_ACCOUNTS = [
    path(
        "login/",
        account.LoginView.as_view(template_name="people/sign_in.html"),
        name="account_login",
    ),
    *_WECHAT,
    path("phone/", web_phone.ask, name="phone_sign_in"),
    path("phone/code/", web_phone.enter, name="phone_code"),
    path(
        "logout/",
        account.LogoutView.as_view(template_name="people/sign_out.html"),
        name="account_logout",
    ),
    path(
        "inactive/",
        account.AccountInactiveView.as_view(template_name="people/inactive.html"),
        name="account_inactive",
    ),
    path(
        "reauthenticate/",
        account.ReauthenticateView.as_view(template_name="people/confirm.html"),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        account.PasswordChangeView.as_view(template_name="people/password.html"),
        name="account_change_password",
    ),
    path(
        "2fa/",
        factor.IndexView.as_view(template_name="people/factor/index.html"),
        name="mfa_index",
    ),
    path(
        "2fa/authenticate/",
        web.SecondStepView.as_view(),
        name="mfa_authenticate",
    ),
    path(
        "2fa/reauthenticate/",
        factor.ReauthenticateView.as_view(template_name="people/confirm.html"),
        name="mfa_reauthenticate",
    ),
    path(
        "2fa/totp/activate/",
        totp.ActivateTOTPView.as_view(template_name="people/factor/activate.html"),
        name="mfa_activate_totp",
    ),
    path(
        "2fa/totp/deactivate/",
        totp.DeactivateTOTPView.as_view(template_name="people/factor/deactivate.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/recovery-codes/",
        codes.ViewRecoveryCodesView.as_view(template_name="people/factor/codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        codes.GenerateRecoveryCodesView.as_view(template_name="people/factor/generate.html"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        codes.DownloadRecoveryCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    path("accounts/", include(_ACCOUNTS)),
    path("me", web.me, name="me"),
    path("me/export", web.export, name="me_export"),
    path("me/export/photos", web.export_with_photos, name="me_export_photos"),
    path("me/name", web_self.name, name="me_name"),
    path("me/phone", web_self.phone, name="me_phone"),
    path("me/phone/code", web_self.phone_code, name="me_phone_code"),
    path("me/close", web_self.close, name="me_close"),
    path("me/closed", web_self.closed, name="me_closed"),
    path("me/language", web.language, name="me_language"),
    path("me/sign-out-everywhere", web.sign_out_everywhere, name="me_sign_out_everywhere"),
    path("me/sessions/<int:sign_in_id>/end", web.end_one_session, name="me_end_session"),
    path("people/<int:person_id>/", web.person, name="person"),
    path("handed-over/<int:handover_id>/", work_handover, name="work_handover"),
    path("handed-over/<int:handover_id>/confirm", confirm_work, name="work_confirm"),
    path("continue/", web.continue_posted, name="continue_posted"),
]
