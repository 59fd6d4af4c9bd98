import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeNpz } from '../../ml/data/npz.js';
import type { NpyArray } from '../../ml/data/npy.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { InternalError } from '../../shared/errors.js';
import { saveFiles } from '../export-files.js';
import type { OfficialRuntime } from './official-runtime.js';
import { runPython } from './run-python.js';

/** Python's safetensors: reads the tensors, which are compared with the model's weights bit by bit. */
export const safetensorsReader: OfficialRuntime = async ({ files, saved, folder, python }) => {
  const [name] = Object.keys(files);
  if (name === undefined || !saved) throw new InternalError('safetensors are verified with a file and the saved model.');
  await saveFiles(folder, files);
  const { runtime } = await runPython('read_safetensors', [folder], python);
  const { arrays } = decodeNpz(await readFile(join(folder, name.replace(/\.safetensors$/, '.npz'))), name);
  const weights = new Map(readLayersModel(saved).weights.map((weight) => [weight.name, weight]));
  const names = new Set([...weights.keys(), ...Object.keys(arrays)]);
  return { runtime, tensors: weights.size, differing: [...names].filter((tensor) => !isSame(weights.get(tensor), arrays[tensor])) };
};

function isSame(weight: { readonly shape: readonly number[]; readonly data: Float32Array } | undefined, found: NpyArray | undefined): boolean {
  if (!weight || found?.dtype !== 'f4' || weight.shape.join() !== found.shape.join()) return false;
  return Buffer.from(weight.data.buffer, weight.data.byteOffset, weight.data.byteLength).equals(Buffer.from(found.data.buffer, found.data.byteOffset, found.data.byteLength));
}
