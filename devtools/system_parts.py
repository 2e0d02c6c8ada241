"""Parts of the operating system that packages from a lock file cannot bring: Qt's libraries, Python's venv, programs.

On Debian and its relatives missing parts are installed by apt-get when this process may do that, and otherwise the
exact command is printed. Elsewhere their names are printed.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from devtools.telling import CannotGoOnError, tell

QT_PARTS_IN_USE = (
    "QtCore.*.so",
    "QtGui.*.so",
    "QtWidgets.*.so",
    "QtNetwork.*.so",
    "QtSvg.*.so",
    "QtTest.*.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/imageformats/libqjpeg.so",
    "Qt/plugins/imageformats/libqsvg.so",
    "Qt/plugins/imageformats/libqwebp.so",
)
"""What of PySide6 is loaded by the program or its tests, as patterns below the package's folder."""

DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Shared libraries that Qt loads and the Debian package of each (Debian 12 and 13, Ubuntu 22.04 and 24.04)."""


def need_venv() -> None:
    """Sees to it that Python can make virtual environments with pip; Debian ships that part by itself."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not (_is_debian_like() and _install([package])):
        remedy = _command([package]) if _is_debian_like() else "install your system's package for Python's venv"
        raise CannotGoOnError(f"This Python cannot make virtual environments. Remedy: {remedy}")


def need_program(program: str, package: str) -> None:
    """Sees to it that ``program``, which Debian's ``package`` brings, can be started."""
    if shutil.which(program) is not None:
        return
    if not (_is_debian_like() and _install([package])):
        remedy = _command([package]) if _is_debian_like() else f"install {program} with your system's package manager"
        raise CannotGoOnError(f"{program} is needed for this and is not installed. Remedy: {remedy}")


def need_qt_libraries(pyside: Path) -> bool:
    """Sees to it that the parts in use of PySide6, whose folder is ``pyside``, find the libraries they load.

    Says which are missing and how to get them; false when some still are, which does not stop what needs no window.
    """
    missing = missing_libraries(pyside)
    if not missing:
        return True
    tell(f"Qt needs system libraries that are not installed: {', '.join(missing)}.")
    packages = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
    if not (_is_debian_like() and packages):
        tell("Install them with your system's package manager; until then no window opens.")
        return False
    if _install(packages):
        missing = missing_libraries(pyside)
        if missing:
            tell(f"Still missing, and in no package known here: {', '.join(missing)}. Until then no window opens.")
        return not missing
    tell(f"Until they are installed no window opens. Install them with:\n    {_command(packages)}")
    return False


def missing_libraries(pyside: Path) -> list[str]:
    """Names of the shared libraries that the dynamic linker does not find for the parts in use."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return []
    parts = [str(part) for pattern in QT_PARTS_IN_USE for part in sorted(pyside.glob(pattern))]
    listing = subprocess.run(["ldd", *parts], capture_output=True, text=True, check=False).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)))


def _is_debian_like() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg") is not None


def _install(packages: Iterable[str]) -> bool:
    """Installs Debian packages; false when this process may not or apt-get cannot."""
    if os.geteuid() != 0:
        return False
    names = sorted(packages)
    tell(f"Installing with apt-get: {' '.join(names)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Another apt-get may be at work, and a fresh machine has no package lists yet.
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "--no-install-recommends", *names]
    for step in (install, [*apt, "update"], install):
        done = subprocess.run(step, env=quiet, capture_output=True, text=True, check=False)
        if step is install and done.returncode == 0:
            return True
    tell(done.stderr.strip())
    return False


def _command(packages: Iterable[str]) -> str:
    return f"sudo apt-get install --no-install-recommends {' '.join(sorted(packages))}"
