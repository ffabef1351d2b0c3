"""Which function carries out which action of the procedure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from linli.spine.cases.services import (
    dispatching,
    gathering,
    levels,
    moving,
    performing,
    splitting,
    supervising,
    tasks,
    tying,
)
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
        ActionName.REROUTE: dispatching.reroute,
        ActionName.KEEP_LEAD: gathering.keep_lead,
        ActionName.ADD_TASK: tasks.add_task,
        ActionName.ACCEPT_TASK: tasks.accept_task,
        ActionName.RETURN_TASK: tasks.return_task,
        ActionName.FEED_BACK_TASK: tasks.feed_back_task,
        ActionName.PASS_TASK: tasks.pass_task,
        ActionName.REWORK_TASK: tasks.rework_task,
        ActionName.REDISPATCH_TASK: tasks.redispatch_task,
        ActionName.WITHDRAW_TASK: tasks.withdraw_task,
        ActionName.TAKE_IN_GRID: levels.lower,
        ActionName.SOLVE_IN_GRID: levels.solve,
        ActionName.RAISE_TO_COMMUNITY: levels.lift,
        ActionName.SOLVE_IN_COMMUNITY: levels.solve,
        ActionName.RAISE_TO_STREET: levels.lift,
        ActionName.GIVE_TO_GRID: levels.lower,
        ActionName.LOWER_TO_COMMUNITY: levels.lower,
        ActionName.LOWER_TO_GRID: levels.lower,
        ActionName.FORWARD: levels.lower,
        ActionName.HEAR_BACK: levels.hear_back,
        ActionName.TAKE_BACK: levels.take_back,
        ActionName.REDO: levels.redo,
        ActionName.REMIND: gathering.remind,
        ActionName.MERGE: tying.merge,
        ActionName.UNMERGE: tying.unmerge,
        ActionName.SPLIT: splitting.split,
        ActionName.LINK: tying.link,
        ActionName.UNLINK: tying.unlink,
        ActionName.SUPERVISE: supervising.supervise,
        ActionName.SUPERVISE_TASK: supervising.supervise_task,
        ActionName.INSTRUCT: supervising.instruct,
        ActionName.ANSWER_INSTRUCTION: supervising.answer,
        ActionName.WITHDRAW_INSTRUCTION: supervising.withdraw,
    }
)
