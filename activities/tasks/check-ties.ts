import { probabilityDistance } from '../../ml/evaluation/probability-distance.js';
import { rowsWithoutTie } from '../../ml/evaluation/rows-without-tie.js';
import type { Matrix } from '../../ml/matrix.js';
import type { Classifier } from '../../ml/models/model.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { ExportedAs } from './export-output.js';

/** A model that jumps and its file on the same rows. */
export interface ComparedRows {
  readonly x: Matrix;
  readonly model: Matrix<Float32Array>;
  readonly file: Matrix<Float32Array>;
  /** The model itself, asked where the file differs. */
  readonly load: () => Promise<Pick<Classifier, 'predictProba' | 'dispose'>>;
}

/**
 * Has a model show that each row on which its file differs is a tie.
 * @throws InvalidModelError naming the rows that are none.
 */
export async function checkTies({ model: name, format }: ExportedAs, { x, model, file, load }: ComparedRows): Promise<void> {
  const { off } = probabilityDistance(model, file);
  if (off.length === 0) return;
  const loaded = await load();
  try {
    const without = await rowsWithoutTie((rows) => loaded.predictProba(rows), x, { model, file }, off);
    if (without.length > 0) throw new InvalidModelError(`The export of ${name} as ${format} disagrees with its model on test images that are no ties (${without.join(', ')}): however their numbers are rounded, the model does not give both answers. Nothing is written; leave ${format} out of export.formats, and report it.`);
  } finally {
    loaded.dispose();
  }
}
