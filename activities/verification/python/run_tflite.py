"""Runs the same images through every .tflite file of a folder with LiteRT.

    run_tflite.py FOLDER [RESOLVER...]

FOLDER/rows.npy: float32 [n, height, width, channels] in [0, 1]; they are stored with the scale of the model's input where that is
int8, and go in batches of what the model allows. For each <name>.tflite and each resolver (default: XNNPACK; builtin: LiteRT's own kernels;
reference: those that it is tested by, which lack ELU and 4-bit depthwise convolution) it writes the probabilities as float32
<name>.<resolver>.npy. Answers JSON: the runtime, by file its description and the JSON inside it (`facts`), and by file the types, shapes and
scales of its input and output (`tensors`). LiteRT and numpy are found through PYTHONPATH.
"""

import importlib.metadata
import json
import pathlib
import sys

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

RESOLVERS = {
    "default": OpResolverType.AUTO,
    "builtin": OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    "reference": OpResolverType.BUILTIN_REF,
}
BATCH = 500


def run(model, images, resolver):
    interpreter = Interpreter(model_path=str(model), num_threads=1, experimental_op_resolver_type=resolver)
    (source,) = interpreter.get_input_details()
    if source["dtype"] == np.int8:
        scale, zero_point = source["quantization"]
        images = np.clip(np.rint(images / scale) + zero_point, -128, 127).astype(np.int8)
    outputs = []
    size = BATCH if source["shape_signature"][0] == -1 else source["shape"][0]
    for batch in np.split(images, range(size, len(images), size)):
        interpreter.resize_tensor_input(source["index"], batch.shape, strict=True)
        interpreter.allocate_tensors()
        (sink,) = interpreter.get_output_details()
        interpreter.set_tensor(source["index"], batch)
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(sink["index"]))
    outputs = np.concatenate(outputs)
    scale, zero_point = sink["quantization"]
    return (outputs.astype(np.float32) - zero_point) * scale if outputs.dtype == np.int8 else outputs


def facts(model):
    root = schema.ModelT.InitFromPackedBuf(model.read_bytes())
    entries = {entry.name.decode(): root.buffers[entry.buffer].data.tobytes() for entry in root.metadata or []}
    return {"description": root.description.decode(), "metadata": json.loads(entries.get("metadata.json", b"null"))}


def tensors(model):
    interpreter = Interpreter(model_path=str(model), num_threads=1)
    (source,) = interpreter.get_input_details()
    (sink,) = interpreter.get_output_details()
    return {
        name: {
            "type": np.dtype(tensor["dtype"]).name,
            "shape": tensor["shape_signature"].tolist(),
            "scale": float(tensor["quantization"][0]),
            "zeroPoint": int(tensor["quantization"][1]),
        }
        for name, tensor in (("input", source), ("output", sink))
    }


def main(folder, resolvers):
    images = np.load(folder / "rows.npy")
    models = sorted(folder.glob("*.tflite"))
    for model in models:
        for name in resolvers:
            np.save(folder / f"{model.stem}.{name}.npy", run(model, images, RESOLVERS[name]).astype(np.float32))
    answer = {
        "runtime": f"ai-edge-litert {importlib.metadata.version('ai-edge-litert')}",
        "facts": {model.stem: facts(model) for model in models},
        "tensors": {model.stem: tensors(model) for model in models},
    }
    print("\ndigitloom answer", json.dumps(answer))


if __name__ == "__main__":
    print("\ndigitloom ready", flush=True)  # from here on it is the files
    main(pathlib.Path(sys.argv[1]), sys.argv[2:] or ["default"])
