"""Runs the same images through every .tflite file of a folder with LiteRT.

    run_networks.py FOLDER

FOLDER/images.npy: float32 [n, height, width, channels] in [0, 1]; they are stored with the scale of the model's input where that is
int8, and all go through in one batch. For each <name>.tflite, with XNNPACK (default) and with LiteRT's own kernels (builtin), it writes
the probabilities as float32 <name>.<resolver>.npy. (The reference kernels lack ELU and 4-bit depthwise convolution.) `metadata.json`
holds, by file, its description and the JSON inside it. LiteRT and numpy are found through PYTHONPATH.
"""

import json
import pathlib
import sys

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

RESOLVERS = {
    "default": OpResolverType.AUTO,
    "builtin": OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
}


def run(model, images, resolver):
    interpreter = Interpreter(model_path=str(model), num_threads=1, experimental_op_resolver_type=resolver)
    (source,) = interpreter.get_input_details()
    interpreter.resize_tensor_input(source["index"], images.shape, strict=True)
    interpreter.allocate_tensors()
    (sink,) = interpreter.get_output_details()
    scale, zero_point = source["quantization"]
    if source["dtype"] == np.int8:
        images = np.clip(np.rint(images / scale) + zero_point, -128, 127).astype(np.int8)
    interpreter.set_tensor(source["index"], images)
    interpreter.invoke()
    outputs = interpreter.get_tensor(sink["index"])
    scale, zero_point = sink["quantization"]
    return (outputs.astype(np.float32) - zero_point) * scale if outputs.dtype == np.int8 else outputs


def facts(model):
    root = schema.ModelT.InitFromPackedBuf(model.read_bytes())
    entries = {entry.name.decode(): root.buffers[entry.buffer].data.tobytes() for entry in root.metadata}
    return {"description": root.description.decode(), "metadata": json.loads(entries["metadata.json"])}


def main(folder):
    images = np.load(folder / "images.npy")
    models = sorted(folder.glob("*.tflite"))
    for model in models:
        for name, resolver in RESOLVERS.items():
            np.save(folder / f"{model.stem}.{name}.npy", run(model, images, resolver))
    (folder / "metadata.json").write_text(json.dumps({model.stem: facts(model) for model in models}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
