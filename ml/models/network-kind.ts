import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidDataError } from '../../shared/errors.js';
import { assignWeights, layOutWeights } from '../graph/weight-layout.js';
import type { Matrix } from '../matrix.js';
import { createInitializers } from '../networks/initializers.js';
import type { NetworkDefinition } from '../networks/network-definition.js';
import { deriveSeed } from '../random.js';
import { batchItems } from '../training/batches-made-ahead.js';
import { STREAMS } from '../training/data-order.js';
import { checkRecipe, RECIPE } from '../training/recipe.js';
import type { Recipe } from '../training/recipe.js';
import { checkTrainingData } from './check-training-data.js';
import { encodeLayersModel } from './cnn-bytes.js';
import type { ModelKind } from './model.js';
import { loadNetwork } from './network-classifier.js';
import { takeInitialWeights } from './take-initial-weights.js';
import { trainNetwork } from './train-network.js';
import { withinMemory } from './within-memory.js';

/** Options of a network: its architecture's and its recipe's. */
export type NetworkOptions<A extends object> = A & Recipe;

/**
 * The kind of a network: images in, trained by its recipe through the Trainer port, saved in TensorFlow.js's layers format. The epoch with
 * the best validation accuracy is kept. Training is cut into segments and resumes from a checkpoint bit by bit.
 * @param recipe where this network's recipe differs from the usual one.
 */
export function networkKind<A extends object>(definition: NetworkDefinition<A>, recipe: Partial<Recipe> = {}): ModelKind<NetworkOptions<A>> {
  const { name, defaults, problems, build } = definition;
  return {
    name,
    defaults: { ...RECIPE, ...recipe, ...defaults },
    checksItself: ['augment'],
    itemMaker: batchItems,

    async fit(train, validation, options, context) {
      checkTrainingData(train, validation);
      const side = sideOf(name, train.x);
      checkRecipe(name, options, problems(options, side));
      context.signal.throwIfAborted();
      const library = await loadTensorFlow(context.device);
      const network = build(library.tf, side, options, createInitializers(library.tf, deriveSeed(context.seed, STREAMS.weights)));
      try {
        const layout = layOutWeights(network);
        const initialWeights = context.initialWeights && takeInitialWeights(library.tf, network, layout, context.initialWeights);
        const { best, details } = await withinMemory(
          options,
          (fitting) => trainNetwork({ library, network, layout, side }, { train, validation }, fitting, context),
          (note) => context.progress({ fraction: 0, note }),
        );
        assignWeights(library.tf, network, layout, best);
        return await loadNetwork(name, encodeLayersModel(network, { ...details, ...(initialWeights && { initialWeights }) }), context.native);
      } finally {
        network.dispose();
      }
    },

    load: (bytes, native) => loadNetwork(name, bytes, native),
  };
}

/** @throws InvalidDataError when the rows are no square images. */
function sideOf(name: string, { columns }: Matrix): number {
  const side = Math.round(Math.sqrt(columns));
  if (side * side !== columns) throw new InvalidDataError(`${name} takes square images: rows of ${columns} columns are none.`);
  return side;
}
