"""Why the notices room says no."""

from __future__ import annotations

from linli.ground.kernel.errors import Refusal

from .terms import N_


class UnableToTell(Refusal):
    """The notice would carry what a notice must not carry."""

    messages = {
        "notices.personal_param": N_("通知不得携带个人信息：%(name)s。"),
    }
