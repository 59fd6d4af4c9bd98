"""Runs the same images through every SavedModel of folders with TensorFlow.

    run_saved_model.py FOLDER...

FOLDER/rows.npy: float32 [n, height, width, channels] in [0, 1]. For each <name>/saved_model.pb it writes what `serving_default` gives as
float32 <name>.default.npy. Answers JSON: the runtime, and by folder what the signature `facts` gives. TensorFlow and numpy are found
through PYTHONPATH.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

BATCH = 500


def main(folder, facts):
    images = np.load(folder / "rows.npy")
    for path in sorted(folder.glob("*/saved_model.pb")):
        model = tf.saved_model.load(str(path.parent))
        predict = model.signatures["serving_default"]
        batches = [predict(images=tf.constant(batch))["probabilities"].numpy() for batch in np.split(images, range(BATCH, len(images), BATCH))]
        np.save(folder / f"{path.parent.name}.default.npy", np.concatenate(batches))
        facts[path.parent.name] = {name: text.numpy().decode() for name, text in model.signatures["facts"]().items()}


if __name__ == "__main__":
    print("\ndigitloom ready", flush=True)  # from here on it is the files
    facts = {}
    for argument in sys.argv[1:]:
        main(pathlib.Path(argument), facts)
    print("\ndigitloom answer", json.dumps({"runtime": f"tensorflow {tf.__version__}", "facts": facts}))
