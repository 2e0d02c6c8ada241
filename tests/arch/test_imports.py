"""Who may import whom: the floor plan of docs/architecture.md, enforced on every import statement."""

from graphlib import CycleError, TopologicalSorter

import pytest

from tests.arch.source import PACKAGE, Import, Module, imports_of, modules

BASICS = {"errors", "config", "log"}

MAY_IMPORT = {
    "__init__": set[str](),
    "errors": set[str](),
    "redaction": set[str](),
    "durable_file": set[str](),
    "log": {"errors", "redaction"},
    "config": {"errors", "durable_file"},
    "models": {"errors"},
    "imaging": {"errors", "models"},
    "link": {"errors", "models"},
    "library": BASICS | {"models"},
    "services": BASICS | {"models", "imaging", "durable_file"},
    "workers": BASICS | {"models", "imaging", "library", "services"},
    "sync": BASICS | {"models", "library", "services", "workers"},
    "ui": BASICS | {"models", "library", "link"},
    "core": BASICS | {"models", "imaging", "library", "services", "workers", "sync", "link"},
    "app": BASICS | {"models", "library", "link", "ui"},
    "self_test": BASICS | {"models", "library", "services", "workers", "link", "core"},
    "cli": BASICS | {"models", "link", "core", "app", "self_test", "ui"},
    "window_check": BASICS | {"models", "link", "app"},
    "__main__": {"cli", "workers", "app", "ui", "window_check"},
}
"""By layer (a folder or module right below the package): the other layers it may import."""

NOTHING_ELSE = {
    ("sync", "workers"): {f"{PACKAGE}.workers.supervisor", f"{PACKAGE}.workers.pools"},
    ("cli", "ui"): {f"{PACKAGE}.ui.plain_imports"},
}
"""Where a layer may import only these modules of another."""

HOME = {
    "sqlite3": ("library",),
    "PySide6": ("ui", "app", "window_check"),
    "shiboken6": ("ui", "app"),
    "qasync": ("ui", "app", "window_check"),
    "PIL": ("imaging",),
    "pillow_heif": ("imaging",),
    "numpy": ("imaging",),
    "onnxruntime": ("imaging.inference",),
    "httpx": ("services",),
    "boto3": ("services",),
    "botocore": ("services",),
    "supabase": ("services",),
    "keyring": ("services.credentials",),
    "cryptography": ("services.vault",),
    "httpcore": ("services.downloads",),
    "truststore": ("services",),
}
"""Where the libraries that shape a layer are at home; nobody else imports them, so nobody else waits for them."""

LATE = {
    f"{PACKAGE}.__main__": {
        PACKAGE,
        f"{PACKAGE}.cli.first_window",
        f"{PACKAGE}.cli.run",
        f"{PACKAGE}.ui.toolkit_check",
        f"{PACKAGE}.window_check",
        f"{PACKAGE}.workers.picture_process",
    },
    f"{PACKAGE}.cli.carry_out": {f"{PACKAGE}.core", f"{PACKAGE}.self_test"},
    f"{PACKAGE}.cli.first_window": {
        f"{PACKAGE}.app",
        f"{PACKAGE}.link.second_start",
        f"{PACKAGE}.ui.plain_imports",
    },
    f"{PACKAGE}.config": {"platformdirs"},
    f"{PACKAGE}.imaging.heic": {"pillow_heif"},
    f"{PACKAGE}.imaging.operations": {f"{PACKAGE}.imaging.studio_operations"},
    # What speaks over the network or opens the vault is loaded with its first use: most starts need none of it.
    f"{PACKAGE}.services.backends": {
        f"{PACKAGE}.services.openrouter",
        f"{PACKAGE}.services.r2",
        f"{PACKAGE}.services.wavespeed",
    },
    f"{PACKAGE}.services.credentials": {"keyring.core", "keyring.errors"},
    f"{PACKAGE}.services.vault": {
        "cryptography.exceptions",
        "cryptography.hazmat.primitives.ciphers.aead",
        "cryptography.hazmat.primitives.kdf.scrypt",
    },
    f"{PACKAGE}.workers.asking": {f"{PACKAGE}.services.openrouter"},
    f"{PACKAGE}.workers.connecting": {f"{PACKAGE}.services.openrouter"},
    f"{PACKAGE}.workers.fetching": {f"{PACKAGE}.services.downloads"},
    f"{PACKAGE}.workers.copying": {f"{PACKAGE}.services.r2_contents", f"{PACKAGE}.workers.uploads"},
    f"{PACKAGE}.workers.paid_render": {f"{PACKAGE}.services.wavespeed"},
    f"{PACKAGE}.ui.toolkit_check": {"PySide6", "PySide6.QtCore"},
    # The window is shown before any of these is loaded.
    f"{PACKAGE}.app": {
        f"{PACKAGE}.ui.core_process",
        f"{PACKAGE}.ui.gallery.order_reading",
        f"{PACKAGE}.ui.later_starts",
    },
    f"{PACKAGE}.ui.attendants": {
        f"{PACKAGE}.ui.adding",
        f"{PACKAGE}.ui.deletion.deleting",
        f"{PACKAGE}.ui.dropping",
        f"{PACKAGE}.ui.export.exporting",
        f"{PACKAGE}.ui.export.last_export",
        f"{PACKAGE}.ui.failures",
        f"{PACKAGE}.ui.menus",
        f"{PACKAGE}.ui.pasting",
        f"{PACKAGE}.ui.problems",
        f"{PACKAGE}.ui.queue.run_notices",
        f"{PACKAGE}.ui.sample_pieces",
        f"{PACKAGE}.ui.work_told",
    },
    f"{PACKAGE}.ui.bridge": {
        f"{PACKAGE}.link.messages",
        f"{PACKAGE}.link.window_end",
        f"{PACKAGE}.models.commands",
        f"{PACKAGE}.ui.core_process",
    },
    f"{PACKAGE}.ui.gallery.collecting": {f"{PACKAGE}.models.gestures"},
    f"{PACKAGE}.ui.gallery.filter_bar": {f"{PACKAGE}.models.vocabulary"},
    f"{PACKAGE}.ui.gallery.handing_out": {f"{PACKAGE}.library.image_names"},
    f"{PACKAGE}.ui.gallery.image_facts": {
        f"{PACKAGE}.models.agreement",
        f"{PACKAGE}.models.paid_model",
        f"{PACKAGE}.models.recipe",
    },
    f"{PACKAGE}.ui.gallery.marking": {f"{PACKAGE}.models.gestures"},
    f"{PACKAGE}.ui.main_window": {
        f"{PACKAGE}.ui.closing",
        f"{PACKAGE}.ui.menus",
        f"{PACKAGE}.ui.opening",
        f"{PACKAGE}.ui.page_deeds",
        f"{PACKAGE}.ui.settings.settings_page",
        f"{PACKAGE}.ui.shortcut_sheet",
    },
    f"{PACKAGE}.ui.pages": {
        f"{PACKAGE}.ui.gallery.gallery_page",
        f"{PACKAGE}.ui.queue.queue_page",
        f"{PACKAGE}.ui.review.review_page",
        f"{PACKAGE}.ui.studio.studio_page",
    },
}
"""Imports inside functions, by module: what start-up must not wait for, or what may not be there."""

PLATFORM_ONLY = {"fcntl", "msvcrt", "resource", "winreg"}
"""Modules of the standard library that only some systems have."""


def _own(found: Import) -> bool:
    return found.target == PACKAGE or found.target.startswith(f"{PACKAGE}.")


def _all() -> list[tuple[Module, Import]]:
    return [(module, found) for module in modules() for found in imports_of(module)]


def test_imports_enough_source_is_looked_at() -> None:
    assert len(modules()) >= 60
    assert sum(_own(found) for _, found in _all()) >= 150
    assert {"models", "imaging", "library", "link", "workers", "cli", "core"} <= {module.layer for module in modules()}


def test_imports_layers_import_only_what_is_below_them() -> None:
    wrong = []
    for module, found in _all():
        layer = found.target.split(".")[1] if "." in found.target else "__init__"
        if not _own(found) or layer in ("__init__", module.layer):
            continue
        refused = layer not in MAY_IMPORT[module.layer] or (
            found.target not in NOTHING_ELSE.get((module.layer, layer), {found.target})
        )
        if refused:
            wrong.append(f"{module.where}:{found.line}: {module.layer} must not import {found.target}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("library", HOME)
def test_imports_library_is_used_only_where_it_is_at_home(library: str) -> None:
    homes = tuple(f"{PACKAGE}.{home}" for home in HOME[library])
    wrong = [
        f"{module.where}:{found.line}"
        for module, found in _all()
        if found.target.split(".")[0] == library
        and not any(module.name == home or module.name.startswith(f"{home}.") for home in homes)
    ]
    assert not wrong, f"{library} belongs to {homes}:\n" + "\n".join(wrong)


def test_imports_inside_functions_are_the_listed_ones() -> None:
    late = [(module, found) for module, found in _all() if found.in_function and not found.for_types_only]
    wrong = [
        f"{module.where}:{found.line}: {found.target}"
        for module, found in late
        if found.target not in LATE.get(module.name, set()) | PLATFORM_ONLY
    ]
    assert not wrong, "imports belong at the top of the file:\n" + "\n".join(wrong)
    stale = {name: LATE[name] - {f.target for m, f in late if m.name == name} for name in LATE}
    assert not any(stale.values()), f"listed but no longer there: {stale}"


def test_imports_form_no_circle() -> None:
    graph = {
        module.name: {f.target for f in imports_of(module) if _own(f) and not f.in_function and not f.for_types_only}
        for module in modules()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
