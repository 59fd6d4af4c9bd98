import { showTies } from '../../ml/evaluation/show-ties.js';
import type { LoadModel } from '../../ml/evaluation/show-ties.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { ExportedAs } from './export-output.js';

/** A model that jumps and its file on the same rows. */
export interface ComparedRows {
  readonly x: Matrix;
  readonly model: Matrix<Float32Array>;
  readonly file: Matrix<Float32Array>;
  /** The model itself, asked where the file differs. */
  readonly load: LoadModel;
}

/**
 * Has a model show that each row on which its file differs is a tie.
 * @throws InvalidModelError naming the rows that are none.
 */
export async function checkTies({ model: name, format }: ExportedAs, { x, model, file, load }: ComparedRows): Promise<void> {
  const { without } = await showTies(load, x, { model, file });
  if (without.length > 0) throw new InvalidModelError(`The export of ${name} as ${format} disagrees with its model on test images that are no ties (${without.join(', ')}): however their numbers are rounded, the model does not give both answers. Nothing is written; leave ${format} out of export.formats, and report it.`);
}
