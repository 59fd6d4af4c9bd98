import { cnn } from '../networks/cnn.js';
import { networkKind } from './network-kind.js';

/** The plain convolutional network: shifted images, AdamW, a one-cycle learning rate. */
export const model = networkKind(cnn);
