"""What `serve` insists on, each told in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from linli.config.refusals import UnableToStart

SECRET_LENGTH = 50
SECRET_VARIETY = 12


def check_environment(environment: Mapping[str, str]) -> None:
    """Refuse an environment that is not fit for real people's reports.

    Raises:
        UnableToStart: naming the first thing that is missing or wrong.
    """
    check_secret(environment.get("LINLI_SECRET", ""))
    for name in ("DEBUG", "LINLI_DEBUG", "DJANGO_DEBUG"):
        if environment.get(name, "").lower() not in {"", "0", "false", "no", "off"}:
            raise UnableToStart(
                f"正式运行不允许调试方式，请去掉 {name}。",
                f"production never runs in debug mode; unset {name}.",
            )
    if environment.get("LINLI_DEMONSTRATION") == "1" or environment.get("LINLI_SCRATCH") == "1":
        raise UnableToStart(
            "正式运行不允许示范方式，请去掉 LINLI_DEMONSTRATION 和 LINLI_SCRATCH。",
            "production is no demonstration; unset LINLI_DEMONSTRATION and LINLI_SCRATCH.",
        )
    check_hosts(environment.get("LINLI_HOSTS", ""))
    check_channels(environment)


def check_channels(environment: Mapping[str, str]) -> None:
    """Refuse ways out for notices that are not set up as they must be.

    Raises:
        UnableToStart: naming the setting.
    """
    from linli.ground.notices.configuration import UnfitConfiguration, read_configuration

    try:
        read_configuration(environment)
    except UnfitConfiguration as fault:
        setting = fault.params.get("name", "LINLI_SMS_TEMPLATES")
        raise UnableToStart(
            fault.words(), f"{setting} is missing or wrong; see docs/how-to/notices.md."
        ) from fault


def check_secret(secret: str) -> None:
    """Refuse a secret that is missing, short or made of few signs.

    Raises:
        UnableToStart: saying which.
    """
    make = 'python3 -c "import secrets; print(secrets.token_urlsafe(60))"'
    if not secret:
        raise UnableToStart(
            f"缺少密钥，请设置 LINLI_SECRET，可用 {make} 生成。",
            f"the secret is missing; set LINLI_SECRET, made for instance by {make}.",
        )
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY:
        raise UnableToStart(
            f"LINLI_SECRET 太弱：至少 {SECRET_LENGTH} 个字符且各不相同，可用 {make} 生成。",
            f"LINLI_SECRET is weak: it needs {SECRET_LENGTH} varied characters; {make} makes one.",
        )


def check_hosts(hosts: str) -> None:
    """Refuse to answer under any name or under none.

    Raises:
        UnableToStart: when no host is named, or all are.
    """
    named = [host.strip() for host in hosts.split(",") if host.strip()]
    if not named or "*" in named:
        raise UnableToStart(
            "请用 LINLI_HOSTS 列出网站的域名（逗号分隔，不能用 *）。",
            "name the site's hosts in LINLI_HOSTS (comma-separated, no *).",
        )


def refuse_demonstration() -> None:
    """Refuse a database that holds the demonstration's accounts or passwords.

    Raises:
        UnableToStart: when it does.
    """
    from django.contrib.auth import get_user_model

    from linli.config.hashing import PREFIX
    from linli.demonstration.models import Loading

    accounts = get_user_model().objects
    if Loading.objects.exists() or accounts.filter(is_demonstration=True).exists():
        raise UnableToStart(
            "数据库里有示范数据，正式运行必须使用另一个数据库。",
            "the database holds demonstration data; production needs another database.",
        )
    if accounts.filter(password__startswith=f"{PREFIX}$").exists():
        raise UnableToStart(
            "数据库里有账号还在用示范密码，请先更换。",
            "an account of the database still has a demonstration password; change it first.",
        )
