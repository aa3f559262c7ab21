"""What a child process does to itself before it opens a file from outside: no network, bounds, a leash.

Linux does all of it; elsewhere what the system can't do is left out, and the parent's time limit remains.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22  # linux/prctl.h
_FILTER = 2  # SECCOMP_MODE_FILTER
_LOAD, _RETURN = 0x20, 0x06  # BPF_LD|W|ABS, BPF_RET|K
_EQUAL, _AT_LEAST = 0x15, 0x35  # BPF_JMP with JEQ|K and JGE|K
_REFUSE, _ALLOW = 0x00050000 | 13, 0x7FFF0000  # SECCOMP_RET_ERRNO with EACCES, SECCOMP_RET_ALLOW
_LOCAL = 1  # AF_UNIX
#: Audit number of the architecture, and its numbers of the calls socket and io_uring_setup.
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}


def confine(parent: int, *, memory_mb: int, cpu_seconds: float) -> None:
    """Tie this process, and all it starts, to its parent and its bounds, and take the network away.

    Args:
        parent: process whose end ends this one.
        memory_mb: bound on the address space in megabytes, 0 for none.
        cpu_seconds: seconds of processor time, 0 for no bound; the kernel sends SIGXCPU after them.
    """
    signal.signal(signal.SIGTERM, _take_all_along)
    die_with(parent, by=signal.SIGTERM)
    if sys.platform != "win32":
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory_mb:
            resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
        if cpu_seconds:
            whole = int(cpu_seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 5))
    without_network()


def die_with(parent: int, by: int = signal.SIGKILL) -> None:
    """Ask the kernel to end this process when its parent ends (Linux; elsewhere the time limit does)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:  # it ended before we asked
        sys.exit(1)


def _take_all_along(*_: object) -> None:
    """End this process with all that it started: a Tesseract that hangs would outlive a reader that is only killed."""
    leads = os.getpgrp() == os.getpid()
    os.kill(-os.getpid() if leads else os.getpid(), signal.SIGKILL)


def without_network() -> bool:
    """Have the kernel refuse every socket but local ones, here and in all that is started from here.

    A filter and not a namespace of its own: it needs no rights, and works inside containers too.

    Returns:
        Whether it is so; false where the kernel or the processor is of another kind.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _CALLS:
        return False
    architecture, socket_call, ring_call = _CALLS[platform.machine()]
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (_LOAD, 0, 0, 4),  # architecture
            (_EQUAL, 0, 7, architecture),
            (_LOAD, 0, 0, 0),  # number of the call
            (_AT_LEAST, 5, 0, 0x40000000),  # the same calls by other numbers (x32)
            (_EQUAL, 4, 0, ring_call),  # a ring can open sockets past this filter
            (_EQUAL, 0, 2, socket_call),
            (_LOAD, 0, 0, 16),  # first argument: the family
            (_EQUAL, 0, 1, _LOCAL),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    )

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]

    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        filtered = Program(len(program) // 8, program)
        if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            return bool(library.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(filtered), 0, 0) == 0)
    return False
