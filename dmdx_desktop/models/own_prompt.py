"""A prompt that a person wrote in place of the one that is made of piece and recipe. Pure; any process."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.recipe import Variant

LONGEST_PROMPT: Final = 8_000
MAX_OWN_PROMPTS: Final = 200


class OwnPrompt(BaseModel):
    """What is sent for every image of one piece in this scene and metal, from this side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: str = Field(max_length=100)
    scene: SceneId
    metal: RecipeMetal
    shot: ShotId
    text: str = Field(min_length=1, max_length=LONGEST_PROMPT)

    def is_for(self, job: str, variant: Variant) -> bool:
        """Whether it is the prompt of this image."""
        return (self.job, self.scene, self.metal, self.shot) == (job, variant.scene, variant.metal, variant.shot)
