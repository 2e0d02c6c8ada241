"""What the cards of the services say, in English. Pure; the window's process."""

from dataclasses import dataclass
from typing import Final

from dmdx_desktop.models.connection import SecretName


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says, in English."""

    icon: str
    heading: str
    detail: str
    local: str
    """Who does it without the service."""
    own: str
    keys: tuple[tuple[SecretName, str], ...]
    after_removing: str
    """What happens once the keys are removed."""


OPENROUTER: Final = CardWords(
    icon="scan-eye",
    heading="Identification",
    detail="Reads each picture you add, and each photograph made of it. OpenRouter bills you directly.",
    local="On this computer",
    own="OpenRouter",
    keys=((SecretName.OPENROUTER_KEY, "OpenRouter key"),),
    after_removing="Pieces are identified on this computer then.",
)
WAVESPEED: Final = CardWords(
    icon="image",
    heading="Rendering",
    detail="Makes photographs of your pieces. WaveSpeed bills you directly; drafts stay free.",
    local="Drafts on this computer",
    own="WaveSpeed",
    keys=((SecretName.WAVESPEED_KEY, "WaveSpeed key"),),
    after_removing="Drafts are made on this computer then. Images already made stay.",
)
R2: Final = CardWords(
    icon="database",
    heading="Storage",
    detail="Where references lie while an image is made of them, and copies of images. A bucket is optional.",
    local="WaveSpeed’s own upload",
    own="Cloudflare R2",
    keys=(
        (SecretName.R2_ACCESS_KEY_ID, "Access key ID"),
        (SecretName.R2_SECRET_ACCESS_KEY, "Secret access key"),
    ),
    after_removing="References are uploaded to WaveSpeed then. What lies in the bucket stays there.",
)
