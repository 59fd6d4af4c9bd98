import { ATTENTION_TRUNK, attentionTrunkProblems, buildAttentionTrunk } from './attention-trunk.js';
import type { AttentionTrunkOptions } from './attention-trunk.js';
import { registerLayers } from './layers/register-layers.js';
import type { NetworkDefinition } from './network-definition.js';
import { ratioProblems } from './ratio-problems.js';

/** Options of the CNN with squeeze-excite blocks. */
export interface SeCnnOptions extends AttentionTrunkOptions {
  /** Channels to hidden units of the attention. */
  readonly ratio: number;
}

/** A CNN whose blocks weigh their channels (Hu, Shen and Sun, "Squeeze-and-Excitation Networks"); layers `se1`, `se2`, ... */
export const seCnn: NetworkDefinition<SeCnnOptions> = {
  name: 'se-cnn',
  defaults: { ...ATTENTION_TRUNK, ratio: 4 },
  problems: (options, side) => [...attentionTrunkProblems(options, side), ...ratioProblems(options)],
  build(tf, side, options, initializers) {
    const { squeezeExcite } = registerLayers(tf);
    return buildAttentionTrunk(tf, seCnn.name, side, options, initializers, (x, { block }) => {
      const layer = squeezeExcite({ name: `se${block}`, ratio: options.ratio, seed: initializers.seed() });
      return layer.apply(x) as typeof x;
    });
  },
};
