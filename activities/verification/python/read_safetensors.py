"""Reads every .safetensors file of a folder with the safetensors package and writes what it found.

    read_safetensors.py FOLDER

For each <name>.safetensors it writes <name>.npz (its tensors by name) and <name>.again (the same tensors as the package writes them, in its
own order and with its own padding). Answers JSON: the runtime, and by file the metadata. safetensors and numpy are found through PYTHONPATH.
"""

import importlib.metadata
import json
import pathlib
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file


def main(folder):
    metadata = {}
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, framework="np") as opened:
            metadata[path.stem] = opened.metadata()
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}
        np.savez(folder / f"{path.stem}.npz", **tensors)
        save_file(tensors, folder / f"{path.stem}.again", metadata[path.stem])
    print("\ndigitloom answer", json.dumps({"runtime": f"safetensors {importlib.metadata.version('safetensors')}", "metadata": metadata}))


if __name__ == "__main__":
    print("\ndigitloom ready", flush=True)  # from here on it is the files
    main(pathlib.Path(sys.argv[1]))
