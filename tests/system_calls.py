"""What a process asks of the kernel: calls it must not make, and files it writes.

Native libraries go past Python's audit hooks; they do not get past these.
"""

import ctypes
import platform
import re
from collections.abc import Callable, Iterator
from pathlib import Path

_NUMBERS = {"x86_64": {"socket": 41, "connect": 42}, "aarch64": {"socket": 198, "connect": 203}}

_SET_SECCOMP, _FILTER, _SET_NO_NEW_PRIVILEGES = 22, 2, 38
_LOAD_NUMBER, _SKIP_UNLESS_EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def forbidding(call: str) -> Callable[[], None]:
    """For ``preexec_fn``: the kernel kills the process, and any child, that makes this call."""
    number = _NUMBERS[platform.machine()][call]
    instructions = (_Instruction * 4)(
        _Instruction(_LOAD_NUMBER, 0, 0, 0),
        _Instruction(_SKIP_UNLESS_EQUAL, 0, 1, number),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(instructions), instructions)
    control = ctypes.CDLL(None, use_errno=True).prctl

    def forbid() -> None:
        if control(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or control(
            _SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0
        ):
            raise OSError(ctypes.get_errno(), "the kernel takes no filter of system calls")

    return forbid


TRACED = "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2"
TRACED += ",link,linkat,symlink,symlinkat,truncate"

_OPENS = re.compile(r"\bopen(?:at2?)?\(")
_CHANGES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE")
_PATHS = re.compile(r'(?:\b\d+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def written(log: Path, folder: Path) -> Iterator[Path]:
    """What was made or opened for writing, of the log of ``strace -f -y -z -e trace=TRACED`` of a
    command run in ``folder``."""
    for line in log.read_text().splitlines():
        if "(" in line and (not _OPENS.search(line) or _CHANGES.search(line)):
            for beside, path in _PATHS.findall(line):
                yield Path(folder, beside, path)
