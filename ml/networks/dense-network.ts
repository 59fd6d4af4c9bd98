import type { NetworkDefinition } from './network-definition.js';
import { networkParts } from './network-parts.js';
import { optionProblems } from './option-problems.js';

/** Options of the dense network. */
export interface DenseNetworkOptions {
  /** Units of the hidden layers, in order. */
  readonly hidden: readonly number[];
  /** After every hidden layer, in [0, 1). */
  readonly dropout: number;
}

/** Dense layers with batch normalisation, relu and dropout: what can be done without knowing that pixels have neighbours. */
export const denseNetwork: NetworkDefinition<DenseNetworkOptions> = {
  name: 'dense-network',
  defaults: { hidden: [1024, 512], dropout: 0.3 },
  problems: ({ hidden, dropout }) => [...optionProblems.counts('hidden', hidden), ...optionProblems.fraction('dropout', dropout)],
  build(tf, side, { hidden, dropout }, initializers) {
    const parts = networkParts(tf, initializers);
    const images = parts.images(side);
    const flat = parts.layer(tf.layers.flatten({ name: 'flatten' }), images);
    const last = hidden.reduce((x, units, index) => {
      const at = index + 1;
      const normal = parts.normalise(`norm${at}`, parts.dense(`hidden${at}`, x, units, false));
      return parts.dropout(`dropout${at}`, parts.relu(`relu${at}`, normal), dropout);
    }, flat);
    return parts.classifier(denseNetwork.name, images, last);
  },
};
