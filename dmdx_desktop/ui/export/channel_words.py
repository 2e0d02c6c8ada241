"""Export presets in the language of the window: the one way from a preset to what is shown of it. Pure; any thread.

Built-in presets are looked up by what their files say: ``dev.py translations`` puts those texts into the catalogue.
Those of the user keep the name they were given; what else is said of them is made anew from what they do.
"""

from dmdx_desktop.models.channel import Channel
from dmdx_desktop.models.own_channels import MADE_FROM, OWN, is_own
from dmdx_desktop.ui.wording import tr


def channel_name(channel: Channel) -> str:
    """What a preset is called."""
    return channel.name if is_own(channel) else tr(channel.name)


def channel_summary(channel: Channel) -> str:
    """What a preset makes, in a few words."""
    treatment = channel.treatment
    if not is_own(channel) or treatment is None:
        return tr(channel.summary)
    kind = treatment.format.label
    if treatment.size is None:
        words = tr("Full size {format}", format=kind)
    else:
        words = tr("{size} px {format}", size=str(treatment.size), format=kind)
    return words if treatment.shape is None else f"{words}, {treatment.shape[0]}:{treatment.shape[1]}"


def channel_note(channel: Channel) -> str:
    """What is to be known before images are given to it; empty for most."""
    return tr(channel.note)


def channel_source(channel: Channel) -> str:
    """Where it is known from what the preset makes."""
    if not is_own(channel):
        return tr(channel.source)
    base = channel.source.removeprefix(MADE_FROM)
    return tr(OWN) if base == channel.source else tr("Your own preset, made from {name}", name=tr(base))
