import { cbamCnn } from '../networks/cbam-cnn.js';
import { networkKind } from './network-kind.js';

/** The CNN whose blocks weigh their channels and places (CBAM). */
export const model = networkKind(cbamCnn);
