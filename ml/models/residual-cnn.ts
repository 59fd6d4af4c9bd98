import { residualCnn } from '../networks/residual-cnn.js';
import { networkKind } from './network-kind.js';

/** The residual CNN, aimed at the record. */
export const model = networkKind(residualCnn);
