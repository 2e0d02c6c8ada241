"""A bound on the memory of this process, kept by the operating system. Called once by each picture process.

A decoder that asks for more gets a refusal instead of pushing the computer into swapping. On Linux the address space
is bounded. macOS accepts the same call and may not enforce it. On Windows a job object bounds what the process
commits (``SetInformationJobObject``, JOB_OBJECT_LIMIT_PROCESS_MEMORY).
"""

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

_JOB_EXTENDED_LIMITS: Final = 9
_LIMIT_PROCESS_MEMORY: Final = 0x100


if sys.platform != "win32":
    import resource

    def _limit(bytes_above_baseline: int) -> bool:
        limit = _address_space() + bytes_above_baseline
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        except (OSError, ValueError):
            return False
        return sys.platform.startswith("linux")

    def _address_space() -> int:
        """Bytes of address space in use now: the first figure of statm(5), in pages; 0 where there is none."""
        try:
            pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        except OSError:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

else:

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", ctypes.c_uint32),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", ctypes.c_uint32),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", ctypes.c_uint32),
            ("SchedulingClass", ctypes.c_uint32),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class _MemoryCounters(ctypes.Structure):
        _fields_ = (
            ("cb", ctypes.c_uint32),
            ("PageFaultCount", ctypes.c_uint32),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    def _limit(bytes_above_baseline: int) -> bool:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        counters = _MemoryCounters(cb=ctypes.sizeof(_MemoryCounters))
        if not kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb):
            return False
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _LIMIT_PROCESS_MEMORY
        limits.ProcessMemoryLimit = counters.PagefileUsage + bytes_above_baseline
        # The handle stays open on purpose: the job lives as long as the process in it.
        handle = kernel.CreateJobObjectW(None, None)
        job, size = ctypes.c_void_p(handle), ctypes.sizeof(limits)
        if not handle or not kernel.SetInformationJobObject(job, _JOB_EXTENDED_LIMITS, ctypes.byref(limits), size):
            return False
        return bool(kernel.AssignProcessToJobObject(job, process))


def limit_memory(bytes_above_baseline: int) -> bool:
    """Let this process use at most ``bytes_above_baseline`` bytes more than now; says whether that is in force.

    False means that this system does not offer a bound; the caller goes on without one.
    """
    return _limit(bytes_above_baseline)
