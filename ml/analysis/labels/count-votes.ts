import type { LabelCandidate } from '../../../shared/analysis/label-candidate.js';
import type { Matrix } from '../../matrix.js';

/** How many of the models find a candidate's suggested digit more probable than its given label. */
export function countVotes(models: readonly Matrix<Float32Array>[], { row, given, suggested }: Pick<LabelCandidate, 'row' | 'given' | 'suggested'>): number {
  return models.filter(({ columns, data }) => data[row * columns + suggested] > data[row * columns + given]).length;
}
