import { selfAttentionCnn } from '../networks/self-attention-cnn.js';
import { networkKind } from './network-kind.js';

/** The CNN whose last block lets every place ask all others. */
export const model = networkKind(selfAttentionCnn);
