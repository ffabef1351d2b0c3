"""Error pages in words: what happened, what was kept, where to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.ground.kernel.marking import N_


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing the visitor can do next; without an address it is advice."""

    words: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The sentences of one status."""

    title: str
    what: str
    steps: tuple[Step, ...]


_HOME = Step(words=N_("回到首页"), url="/")
_REPORT = Step(words=N_("报一个问题"), url="/report")
_TRACK = Step(words=N_("凭查询码看进度"), url="/t/")
_BACK = Step(words=N_("用浏览器的“后退”回到上一页，写过的内容一般还在"))
_SIGN_IN = Step(words=N_("换一个账号登录"), url="/accounts/login/")
_WAIT = Step(words=N_("过一会儿再试一次"))

FAULTS: Mapping[int, Fault] = {
    400: Fault(
        title=N_("没看懂这次提交"),
        what=N_("发来的内容不完整，或者带有无法处理的字符，什么都没有改动。"),
        steps=(_BACK, _HOME),
    ),
    403: Fault(
        title=N_("这一页不对您开放"),
        what=N_("您现在的身份看不到这里，或者页面放得太久、登录已经过期。什么都没有改动。"),
        steps=(_BACK, _SIGN_IN, _TRACK, _HOME),
    ),
    404: Fault(
        title=N_("没有找到这一页"),
        what=N_("地址可能写错了，或者内容已经不再公开。"),
        steps=(_TRACK, _REPORT, _HOME),
    ),
    405: Fault(
        title=N_("这个地址不能这样用"),
        what=N_("请从页面上的按钮进入，什么都没有改动。"),
        steps=(_BACK, _HOME),
    ),
    409: Fault(
        title=N_("有人抢先一步"),
        what=N_("您打开页面以后，这件事已经有了变化，您的这一步没有执行。"),
        steps=(_BACK, _HOME),
    ),
    413: Fault(
        title=N_("文件太大了"),
        what=N_("每张照片最大 20 MB。这次提交没有收下。"),
        steps=(_BACK, _REPORT),
    ),
    429: Fault(
        title=N_("试得太快了"),
        what=N_("为了防止有人乱猜查询码或刷屏，我们限制了次数。您之前提交的内容都还在。"),
        steps=(_WAIT, _HOME),
    ),
    500: Fault(
        title=N_("我们这边出错了"),
        what=N_("这一步没有完成，已经记下来等人检查。之前提交成功的内容不受影响。"),
        steps=(_WAIT, _BACK, _HOME),
    ),
    503: Fault(
        title=N_("暂时不能用"),
        what=N_("系统正在启动或维护，通常几分钟就好。之前提交成功的内容不受影响。"),
        steps=(_WAIT, _HOME),
    ),
}


def show_error(request: HttpRequest, *, status: int, detail: str = "") -> HttpResponse:
    """Render the page of one error status.

    Args:
        detail: a sentence about this very case, already translated.
    """
    fault = FAULTS.get(status, FAULTS[400 if status < 500 else 500])
    context = {
        "status": status,
        "title": fault.title,
        "what": fault.what,
        "steps": fault.steps,
        "detail": detail,
    }
    return render(request, "frame/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the body was too large to take in."""
    too_large = type(exception).__name__ == "RequestDataTooBig"
    return show_error(request, status=413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return show_error(request, status=403, detail=_said_by(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return show_error(request, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form whose token is missing or too old."""
    detail = _("页面放得太久，安全凭证过期了。请后退、刷新这一页，再提交一次。")
    return show_error(request, status=403, detail=detail)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer 429, which signing in too often leads to."""
    return show_error(request, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 from a page that asks nothing of the database."""
    fault = FAULTS[500]
    context = {"status": 500, "title": fault.title, "what": fault.what, "steps": fault.steps}
    return render(_bare(request), "frame/error_bare.html", context, status=500)


def _bare(request: HttpRequest) -> HttpRequest:
    """Give a request that carries neither session nor member, so that rendering cannot fail."""
    bare = HttpRequest()
    bare.path, bare.META, bare.COOKIES = request.path, request.META, request.COOKIES
    return bare


def _said_by(exception: Exception) -> str:
    return str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
