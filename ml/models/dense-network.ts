import { denseNetwork } from '../networks/dense-network.js';
import { networkKind } from './network-kind.js';

/** The dense network: images as long vectors. */
export const model = networkKind(denseNetwork, { augment: 'shift', maxShift: 1 });
