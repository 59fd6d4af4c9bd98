"""Has Keras answer images from web models (layers-model: model.json and its shards) and SavedModels.

    run_keras.py FOLDER...

FOLDER/rows.npy: float32 [n, height, width, channels] in [0, 1]. For each FOLDER/<name>/model.json it builds the Keras model of the topology
and gives each layer the weights of the shards by their names; each FOLDER/<name>/saved_model.pb it takes as a layer (TFSMLayer). What they say
of the images is written as float32 <name>.default.npy. Prints JSON: the runtime, and by folder the metadata of web models. Keras opens no
model.json by itself (that is the package tensorflowjs, which needs another TensorFlow), but it reads the topology inside, one of Keras 2's form.
TensorFlow, Keras and numpy are found through PYTHONPATH.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np


def tensors(folder, manifest):
    for group in manifest:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        at = 0
        for weight in group["weights"]:
            assert weight["dtype"] == "float32", weight
            count = int(np.prod(weight["shape"]))
            yield weight["name"], np.frombuffer(data, "<f4", count, at).reshape(weight["shape"])
            at += 4 * count
        assert at == len(data), f"{len(data)} bytes in the shards, {at} in the manifest"


def network(topology):
    topology = topology.get("model_config", topology)
    if topology["class_name"] != "Sequential":
        return keras.Model.from_config(topology["config"])
    # Keras 3 counts the batch twice where the first layer of an old file has it.
    layers = topology["config"]["layers"]
    _, *shape = layers[0]["config"].pop("batch_input_shape")
    return keras.Sequential([keras.Input(shape), *(getattr(keras.layers, layer["class_name"]).from_config(layer["config"]) for layer in layers)])


def load(folder):
    document = json.loads((folder / "model.json").read_text())
    model = network(document["modelTopology"])
    held = dict(tensors(folder, document["weightsManifest"]))
    for layer in model.layers:
        names = ["depthwise_kernel" if (type(layer).__name__, one.name) == ("DepthwiseConv2D", "kernel") else one.name for one in layer.weights]
        layer.set_weights([held.pop(f"{layer.name}/{name}") for name in names])
    assert not held, f"no layer takes {', '.join(held)}"
    return model, document.get("userDefinedMetadata")


def main(folder, facts):
    images = np.load(folder / "rows.npy")
    answers = {}
    for path in sorted(folder.glob("*/model.json")):
        model, facts[path.parent.name] = load(path.parent)
        answers[path.parent.name] = model(images if isinstance(model, keras.Sequential) else [images], training=False)
    for path in sorted(folder.glob("*/saved_model.pb")):
        layer = keras.layers.TFSMLayer(path.parent, call_endpoint="serving_default")
        answers[path.parent.name] = keras.Sequential([keras.Input(images.shape[1:], name="images"), layer])(images)["probabilities"]
    for name, probabilities in answers.items():
        np.save(folder / f"{name}.default.npy", np.asarray(probabilities, np.float32))


if __name__ == "__main__":
    facts = {}
    for argument in sys.argv[1:]:
        main(pathlib.Path(argument), facts)
    print(json.dumps({"runtime": f"keras {keras.__version__}", "facts": facts}))
