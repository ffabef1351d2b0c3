"""Which function carries out which action of the procedure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from linli.spine.cases.services import dispatching, moving, performing
from linli.spine.cases.services.performing import Performer
from linli.spine.cases.terms import ActionName

PERFORMERS: Mapping[ActionName, Performer] = MappingProxyType(
    {
        ActionName.VERIFY: performing.verify,
        ActionName.REFUTE: performing.verify,
        ActionName.FILE: performing.file_case,
        ActionName.DECLINE: performing.decline,
        ActionName.SETTLE: performing.settle,
        ActionName.DISPATCH: dispatching.dispatch,
        ActionName.RULE: dispatching.dispatch,
        ActionName.ACCEPT: dispatching.accept,
        ActionName.RETURN: dispatching.send_back,
        ActionName.FEED_BACK: performing.feed_back,
        ActionName.PASS_CHECK: performing.pass_check,
        ActionName.REWORK: performing.rework,
        ActionName.CLOSE: performing.close,
        ActionName.REOPEN: performing.reopen,
        ActionName.RATE: performing.rate,
        ActionName.VOID: performing.void,
        ActionName.COMMENT: performing.comment,
        ActionName.RECATEGORISE: performing.recategorise,
        ActionName.RELOCATE: moving.relocate,
        ActionName.CONTACT_REQUEST: performing.contact_request,
        ActionName.APPROVE_PHOTO: performing.let_photo_be_seen,
    }
)
