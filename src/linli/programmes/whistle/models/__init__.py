"""Everything the room stores."""

from .call import Call, Judgement, SignIn
from .link import CallLink, CallLinkUse
from .whistle import FollowUp, Whistle, WhistleSettings

__all__ = [
    "Call",
    "CallLink",
    "CallLinkUse",
    "FollowUp",
    "Judgement",
    "SignIn",
    "Whistle",
    "WhistleSettings",
]
