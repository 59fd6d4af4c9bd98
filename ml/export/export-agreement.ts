import type { ExportAgreement } from '../../shared/exports.js';
import { isSame, probabilityDistance } from '../evaluation/probability-distance.js';
import type { Matrix } from '../matrix.js';

/** How the answers of a file compare with its model's. */
export type Compared = Omit<ExportAgreement, 'runtime' | 'accuracy'>;

/**
 * Compares probabilities of the same rows in full precision. A model that is continuous in its input agrees where no probability differs by more
 * than 1e-4; one that jumps (trees, neighbours) where that holds, with the same label, of at least 999 in 1,000 rows.
 */
export function exportAgreement(model: Matrix<Float32Array>, file: Matrix<Float32Array>, jumps: boolean): Compared {
  const { rows, columns } = model;
  const distance = probabilityDistance(model, file);
  const { largest, labelsChanged, off } = distance;
  const sameSize = file.rows === rows && file.columns === columns;
  return { rows, largestDifference: largest, labelsChanged, exceptions: off.length, agrees: sameSize && isSame(distance, rows, jumps) };
}
