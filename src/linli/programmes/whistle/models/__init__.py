"""Everything the room stores."""

from .call import Call, Judgement, SignIn
from .whistle import FollowUp, Whistle, WhistleSettings

__all__ = ["Call", "FollowUp", "Judgement", "SignIn", "Whistle", "WhistleSettings"]
