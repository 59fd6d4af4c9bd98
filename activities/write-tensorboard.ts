import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeTensorboardEvents } from '../ml/export/tensorboard-events.js';
import type { ModelCurves } from './model-curves.js';

/** Writes the curves of each model as an event file, in a folder of its own as TensorBoard wants it, and returns the files' paths. */
export async function writeTensorboard(folder: string, curves: readonly ModelCurves[]): Promise<string[]> {
  const files: string[] = [];
  for (const { model, series } of curves) {
    const file = join(folder, model, 'events.out.tfevents.0.digitloom');
    await mkdir(join(folder, model), { recursive: true });
    await writeFile(file, await encodeTensorboardEvents(series));
    files.push(file);
  }
  return files;
}
