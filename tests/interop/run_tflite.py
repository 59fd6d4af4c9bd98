"""Runs images through a .tflite file with LiteRT and writes what it gave.

    run_tflite.py MODEL.tflite IMAGES.i8 OUTPUT_DIR

IMAGES: int8, one image after another. For each of LiteRT's op resolvers it writes <resolver>.npy (the int8 outputs' bytes as
uint8 [n, classes]); `details.json` holds the types, shapes and scales of input and output. LiteRT and numpy are found through PYTHONPATH.
"""

import json
import pathlib
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

RESOLVERS = {
    "default": OpResolverType.AUTO,
    "builtin": OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    "reference": OpResolverType.BUILTIN_REF,
}


def run(model, pixels, resolver):
    interpreter = Interpreter(model_path=model, num_threads=1, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    (source,) = interpreter.get_input_details()
    (sink,) = interpreter.get_output_details()
    images = pixels.reshape((-1, *source["shape"]))
    outputs = np.empty((len(images), sink["shape"][-1]), dtype=np.int8)
    for row, image in enumerate(images):
        interpreter.set_tensor(source["index"], image)
        interpreter.invoke()
        outputs[row] = interpreter.get_tensor(sink["index"])[0]
    details = {
        name: {
            "type": np.dtype(tensor["dtype"]).name,
            "shape": tensor["shape"].tolist(),
            "scale": float(tensor["quantization"][0]),
            "zeroPoint": int(tensor["quantization"][1]),
        }
        for name, tensor in (("input", source), ("output", sink))
    }
    return outputs, details


def main(model, images_path, output_folder):
    pixels = np.fromfile(images_path, dtype=np.int8)
    folder = pathlib.Path(output_folder)
    for name, resolver in RESOLVERS.items():
        outputs, details = run(model, pixels, resolver)
        np.save(folder / f"{name}.npy", outputs.view(np.uint8))
        (folder / "details.json").write_text(json.dumps(details))


if __name__ == "__main__":
    main(*sys.argv[1:])
