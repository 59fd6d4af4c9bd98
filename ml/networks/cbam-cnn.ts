import { ATTENTION_TRUNK, attentionTrunkProblems, buildAttentionTrunk } from './attention-trunk.js';
import type { AttentionTrunkOptions } from './attention-trunk.js';
import { registerLayers } from './layers/register-layers.js';
import type { NetworkDefinition } from './network-definition.js';
import { ratioProblems } from './ratio-problems.js';

/** Options of the CNN with CBAM blocks. */
export interface CbamCnnOptions extends AttentionTrunkOptions {
  /** Channels to hidden units of the channel attention. */
  readonly ratio: number;
  /** Side of the spatial attention's kernel, odd. */
  readonly kernelSize: number;
}

/**
 * A CNN whose blocks weigh their channels and their places (Woo, Park, Lee and Kweon, "CBAM: Convolutional Block Attention
 * Module"); layers `cbam1`, `cbam2`, ...
 */
export const cbamCnn: NetworkDefinition<CbamCnnOptions> = {
  name: 'cbam-cnn',
  defaults: { ...ATTENTION_TRUNK, ratio: 4, kernelSize: 7 },
  problems: (options, side) => [
    ...attentionTrunkProblems(options, side),
    ...ratioProblems(options),
    ...(Number.isInteger(options.kernelSize) && options.kernelSize > 0 && options.kernelSize % 2 === 1 ? [] : [`kernelSize is ${options.kernelSize}: expected an odd whole number`]),
  ],
  build(tf, side, options, initializers) {
    const { convBlockAttention } = registerLayers(tf);
    const { ratio, kernelSize } = options;
    return buildAttentionTrunk(tf, cbamCnn.name, side, options, initializers, (x, { block }) => {
      const layer = convBlockAttention({ name: `cbam${block}`, ratio, kernelSize, seed: initializers.seed() });
      return layer.apply(x) as typeof x;
    });
  },
};
