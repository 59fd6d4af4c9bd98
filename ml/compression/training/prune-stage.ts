import type { CompressionPlan, PrunePlan } from './compression-plan.js';
import { checkLayerNames, kernelPlaces, layerOf } from './compression-stage.js';
import type { CompressionStage } from './compression-stage.js';
import { pruningEngine } from './pruning-engine.js';

/** Trains on while more and more of the smallest weights become 0, then with what is left. */
export function pruneStage({ sparsity, scope = 'lamp', until = 0.5, keep = [], epochs: own }: PrunePlan, plan: CompressionPlan): CompressionStage {
  const epochs = own ?? plan.epochs;
  return {
    name: 'prune', epochs,
    async prepare(network) {
      checkLayerNames('prune.keep', keep, network);
      const pruned = kernelPlaces(network.layout).filter(({ name }) => !keep.includes(layerOf(name)));
      const names = new Set(pruned.map(({ name }) => name));
      return {
        transforms: { weights: new Map(kernelPlaces(network.layout).map(({ name }) => [name, { sparse: names.has(name) }])), activations: new Map() },
        start: new Map(),
        chooseFrom: Math.ceil(until * epochs),
        decorate: (engine, { layout, totalSteps }) => pruningEngine(engine, {
          kernels: layout.trained.filter(({ name }) => names.has(name)), sparsity, scope, steps: Math.max(1, Math.floor(until * totalSteps)),
        }),
      };
    },
  };
}
