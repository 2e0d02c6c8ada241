"""Everything the window shows of one image: how it was made, from what, and what the designer ticked. Any process."""

import json
from dataclasses import dataclass, replace

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_agreements import ImageAgreement, agreements_of_images
from dmdx_desktop.library.image_costs import ImageCost, costs_of_images
from dmdx_desktop.models.checklist import CheckItem


@dataclass(frozen=True, slots=True)
class ImageView:
    """One image."""

    key: int
    id: str
    job_key: int
    job_id: str
    sha256: str
    bytes: int
    prompt: str
    has_own_prompt: bool
    """Whether a person wrote it."""
    recipe: str
    """JSON of the recipe of its run."""
    scene: str
    metal: str
    shot: str
    shape: str
    size: int
    engine: str
    checks: frozenset[CheckItem]
    reference_sha256: str
    reference_width: int
    reference_height: int
    reference_name: str
    collections: tuple[str, ...]
    agreement: ImageAgreement | None = None
    """Whether it agrees with its reference; None where it was not compared."""
    cost: ImageCost | None = None
    """What it cost; None for a draft."""


def image_view(connection: Connection, key: int) -> ImageView | None:
    """The image of a key; None once it is gone."""
    row = connection.execute(
        "SELECT output.key, output.id, output.job_key, job.id, output.sha256, output.bytes, render.prompt,"
        " render.has_own_prompt, run.recipe,"
        " output.scene, output.metal, output.shot, output.shape, render.size, output.engine, output.checks,"
        " reference.sha256, reference.width, reference.height, reference.original_name FROM output"
        " JOIN render ON render.key = output.render_key JOIN run ON run.key = output.run_key"
        " JOIN job ON job.key = output.job_key JOIN reference ON reference.key = render.reference_key"
        " WHERE output.key = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    names = connection.execute(
        "SELECT name FROM collection_image JOIN collection ON collection.key = collection_key WHERE output_key = ?"
        " ORDER BY name",
        (key,),
    ).fetchall()
    known = {item.value for item in CheckItem}
    ticked = frozenset(CheckItem(name) for name, on in json.loads(row[15]).items() if on and name in known)
    values = (*row[:7], bool(row[7]), *row[8:15], ticked, *row[16:], tuple(name for (name,) in names))
    agreement, cost = agreements_of_images(connection, [key]).get(key), costs_of_images(connection, [key]).get(key)
    return replace(ImageView(*values), agreement=agreement, cost=cost)
