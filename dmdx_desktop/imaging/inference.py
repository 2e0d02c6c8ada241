"""ONNX Runtime, which runs the eye's networks, without its reports home. Runs in picture processes.

Version 1.32 keeps an identifier of the machine in the user's cache folder and would send events to its maker from the
moment it is imported, unless ``ORT_DISABLE_TELEMETRY`` is set before (seen on Linux). Nothing leaves a designer's
machine unasked, so it is set here, and nothing else of the program imports it.
"""

import os
from pathlib import Path
from typing import Final

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf, NoModel

onnxruntime.disable_telemetry_events()

DAMAGED: Final = (Fail, InvalidGraph, InvalidProtobuf, NoModel)
"""What is raised for a file that is no model of its own; they share no class but Exception."""

_ONLY_ERRORS: Final = 3


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """The network in a file, on one thread. Raises OSError and those of ``DAMAGED``."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = _ONLY_ERRORS
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
