"""What the inspector says of the selected images: facts they share, and where they differ. Window process; readers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dmdx_desktop.library import recipes
from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_agreements import ImageAgreement, agreements_of_images
from dmdx_desktop.library.image_copies import copied_images
from dmdx_desktop.library.image_costs import ImageCost, costs_of_images
from dmdx_desktop.library.image_view import ImageView, image_view
from dmdx_desktop.models.money_words import usd
from dmdx_desktop.ui.agreement_words import agreement_words
from dmdx_desktop.ui.image_words import MIXED, is_draft, made_at, metal_label, scene_label
from dmdx_desktop.ui.term_words import term_name, term_within_line
from dmdx_desktop.ui.wording import tr

if TYPE_CHECKING:
    from dmdx_desktop.models.recipe import Recipe

MOST_READ: Final = 40
"""So many of a larger selection are read whole."""
FACTS: Final = ("Recipe", "Scene", "Metal", "Engine", "Size", "Cost", "Compared", "Made", "Stored", "In")


@dataclass(frozen=True, slots=True)
class SelectionView:
    """Images read whole, and the names under which recipes are kept."""

    images: tuple[ImageView, ...] = ()
    recipe_names: tuple[tuple[str, str], ...] = ()
    """JSON of a recipe, and its name."""
    costs: Mapping[int, ImageCost] = field(default_factory=dict)
    """What images of paid engines cost, by key."""
    agreements: Mapping[int, ImageAgreement] = field(default_factory=dict)
    """Whether they agree with their references, by key."""
    copied: Collection[int] = ()
    """The keys of those that lie in the bucket as well."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """A prompt that was written for images of this choice."""

    scene: str
    metal: str
    shot: str
    text: str


@dataclass(frozen=True, slots=True)
class UsedRecipe:
    """How images were made, ready to be used again."""

    recipe: "Recipe"
    pieces: tuple[int, ...] = ()
    """The keys of the pieces they show."""
    texts: tuple[OwnText, ...] = ()
    """Their own prompts, where all are of one piece: of several they would contradict each other."""


def selection_view(connection: Connection, keys: Sequence[int]) -> SelectionView:
    """Read these images, the first of them where there are many; those that are gone are left out."""
    views = (image_view(connection, key) for key in keys[:MOST_READ])
    kept = tuple((row.recipe, row.name) for row in recipes.every(connection))
    images = tuple(view for view in views if view is not None)
    found = [image.key for image in images]
    return SelectionView(
        images,
        kept,
        costs_of_images(connection, found),
        agreements_of_images(connection, found),
        copied_images(connection, found),
    )


def facts_of_cards(cards: Sequence[ImageCard]) -> dict[str, str]:
    """What is known as soon as tiles are."""
    return {
        "Scene": shared(scene_label(card.scene) for card in cards),
        "Metal": shared(metal_label(card.metal) for card in cards),
        "Engine": shared(engine_words(card) for card in cards),
        "Size": shared(f"{card.width} × {card.height}" for card in cards),
        "Cost": shared(tr("Free") if is_draft(card) else "" for card in cards),
        "Made": shared(made_at(card.created_at) for card in cards),
    }


def engine_words(card: ImageCard) -> str:
    """What made an image."""
    if is_draft(card):
        return tr("Draft, on this computer")
    from dmdx_desktop.models.paid_model import name_of  # see recipe_words

    return name_of(card.engine)


def facts_of_views(view: SelectionView, selected: int) -> dict[str, str]:
    """What is known once the images were read."""
    images = view.images
    if not images:
        return {}
    size = sum(image.bytes for image in images)
    is_whole = len(images) == selected
    names = {image.collections for image in images}
    costs = {"Cost": shared(cost_words(view.costs.get(image.key)) for image in images)} if view.costs else {}
    compared = {image.key: agreement_words(view.agreements.get(image.key)) for image in images}
    return {
        **costs,
        "Compared": shared(compared.values()),
        "Recipe": shared(recipe_words(image.recipe, view.recipe_names) for image in images),
        "Stored": " · ".join([place_words(view, is_whole=is_whole), *([megabytes(size)] if is_whole else ())]),
        "In": tr(MIXED) if len(names) > 1 else ", ".join(names.pop()),
    }


def place_words(view: SelectionView, *, is_whole: bool) -> str:
    """Where images lie. Of a selection that was not read whole only what holds for any of them."""
    copied, read = len(view.copied), len(view.images)
    if not copied or not is_whole:
        return tr("On this computer")
    if copied == read:
        return tr("On this computer and in your bucket")
    return tr("On this computer, {count} in your bucket", count=copied)


def cost_words(cost: ImageCost | None) -> str:
    """What an image cost; of a paid one that is not settled yet what was agreed."""
    if cost is None:
        return tr("Free")
    if cost.charged is None:
        return tr("{money}, not settled yet", money=usd(cost.quoted))
    return tr("Charged {money}", money=usd(cost.charged))


def shared_recipe(view: SelectionView) -> "Recipe | None":
    """The recipe by which all of the images were made, if it is one, and one that this program knows."""
    from dmdx_desktop.models.recipe import read_recipe  # see recipe_words

    texts = {image.recipe for image in view.images}
    return read_recipe(texts.pop()) if len(texts) == 1 else None


def used_recipe(view: SelectionView) -> UsedRecipe | None:
    """The recipe that the images share, with the piece and the prompts that were written for them."""
    recipe = shared_recipe(view)
    if recipe is None:
        return None
    pieces = tuple(dict.fromkeys(image.job_key for image in view.images))
    own = (OwnText(one.scene, one.metal, one.shot, one.prompt) for one in view.images if one.has_own_prompt)
    by_choice = {(text.scene, text.metal, text.shot): text for text in own}
    return UsedRecipe(recipe, pieces, tuple(by_choice.values()) if len(pieces) == 1 else ())


def remade_recipe(view: SelectionView) -> UsedRecipe | None:
    """How images that differ from their reference are made again: what came out wrong is said once more.

    None where none differs, or where they are of several pieces.
    """
    from dmdx_desktop.models.agreement import AgreementField, reinforcement  # see recipe_words

    used = used_recipe(view)
    known = {one.value for one in AgreementField}
    texts = {}
    for image in view.images:
        agreement = view.agreements.get(image.key)
        wrong = [AgreementField(one.field) for one in agreement.differing if one.field in known] if agreement else []
        if wrong:
            text = reinforcement(image.prompt, wrong)
            texts[image.scene, image.metal, image.shot] = OwnText(image.scene, image.metal, image.shot, text)
    if used is None or len(used.pieces) != 1 or not texts:
        return None
    return UsedRecipe(used.recipe, used.pieces, tuple(texts.values()))


def shared_prompt(view: SelectionView) -> str:
    """What was asked for all of the images; "mixed" where that differs, empty where nothing is known."""
    return shared(image.prompt for image in view.images)


def recipe_words(text: str, names: Sequence[tuple[str, str]]) -> str:
    """The name under which a recipe is kept, or what it makes."""
    # Recipes take as long to load as the whole gallery, and are first wanted when something is selected.
    from dmdx_desktop.models.recipe import read_recipe

    recipe = read_recipe(text)
    if recipe is None:
        return ""
    name = next((name for kept, name in names if read_recipe(kept) == recipe), "")
    if name:
        return name
    scenes, metals = len(recipe.scenes), len(recipe.metals)
    first = term_name(recipe.scenes[0]) if scenes == 1 else tr("{count} scenes", count=scenes)
    second = term_within_line(recipe.metals[0]) if metals == 1 else tr("{count} metals", count=metals)
    return f"{first} · {second}"


def shared(values: Iterable[str]) -> str:
    """The one value, or that they differ; empty where there is none."""
    found = set(values)
    return tr(MIXED) if len(found) > 1 else "".join(found)


def megabytes(size: int) -> str:
    """A number of bytes in words."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"
