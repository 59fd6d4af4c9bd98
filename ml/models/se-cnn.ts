import { seCnn } from '../networks/se-cnn.js';
import { networkKind } from './network-kind.js';

/** The CNN whose blocks weigh their channels (squeeze and excitation). */
export const model = networkKind(seCnn);
