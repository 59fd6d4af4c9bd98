import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { InternalError, InvalidModelError } from '../../shared/errors.js';
import { saveFiles } from '../export-files.js';
import type { OfficialRuntime } from './official-runtime.js';
import { runPython } from './run-python.js';
import type { PythonScript } from './run-python.js';

/** A runtime behind a script that reads `rows.npy` and one model of a folder, and writes `<stem>.default.npy`: the stem of its file, or the name of its folder. */
export function pythonRuntime(script: PythonScript): OfficialRuntime {
  return async ({ files, rows, folder, python }) => {
    const [name, ...others] = Object.keys(files);
    if (name === undefined || others.length > 0) throw new InternalError(`${script}.py reads one file; the format has ${others.length + (name === undefined ? 0 : 1)}.`);
    await saveFiles(folder, files);
    await writeFile(join(folder, 'rows.npy'), encodeNpy(rows.values, rows.shape));
    const { runtime } = await runPython(script, [folder], python);
    const answer = `${name.includes('/') ? dirname(name) : basename(name, extname(name))}.default.npy`;
    const { dtype, data } = decodeNpy(await readFile(join(folder, answer)), answer);
    if (dtype !== 'f4') throw new InvalidModelError(`${script}.py gave ${dtype}, expected f4.`);
    return { runtime, probabilities: data };
  };
}
