"""Runs the same rows through every .ubj file (a booster of XGBoost) of a folder.

    run_xgboost.py FOLDER

FOLDER/rows.npy: float32 [n, ...], a row of features or pixels each. Where the booster's attribute `chosen_columns` (the row's width, then
columns) says so, its trees read those columns in that order. For each <name>.ubj it writes the probabilities as float32
<name>.default.npy. Answers JSON: the runtime, and by file the booster's attributes. xgboost and numpy are found through PYTHONPATH.
"""

import json
import pathlib
import sys

import numpy as np
import xgboost


def run(booster, rows):
    rows = rows.reshape(len(rows), -1)
    chosen = booster.attr("chosen_columns")
    if chosen is not None:
        width, *columns = map(int, chosen.split(","))
        assert rows.shape[1] == width, f"rows of {rows.shape[1]} columns, the booster chose of {width}"
        rows = rows[:, columns]
    return booster.predict(xgboost.DMatrix(rows, nthread=1))


def main(folder):
    rows = np.load(folder / "rows.npy")
    attributes = {}
    for path in sorted(folder.glob("*.ubj")):
        booster = xgboost.Booster(model_file=str(path))
        np.save(folder / f"{path.stem}.default.npy", run(booster, rows).astype(np.float32))
        attributes[path.stem] = booster.attributes()
    print("\ndigitloom answer", json.dumps({"runtime": f"xgboost {xgboost.__version__}", "attributes": attributes}))


if __name__ == "__main__":
    print("\ndigitloom ready", flush=True)  # from here on it is the files
    main(pathlib.Path(sys.argv[1]))
