import type { WeightPlace } from '../../graph/weight-layout.js';
import type { TrainingEngine } from '../../training/training-engine.js';
import { pruneByMagnitude } from './prune-by-magnitude.js';
import type { PruningScope } from './prune-by-magnitude.js';

const CHANGES = 50; // of the mask on the way to the final sparsity

/** How an engine's weights are pruned on the way. */
export interface PruningSchedule {
  /** The kernels, in the flat weights. */
  readonly kernels: readonly WeightPlace[];
  readonly sparsity: number;
  readonly scope: PruningScope;
  /** Steps after which the sparsity is reached. */
  readonly steps: number;
}

/**
 * The cubic rise of Zhu and Gupta 2017 ("To prune, or not to prune"): fast while much is superfluous, slow in the end.
 * @param done part of the way, in [0, 1].
 */
export function cubicSparsity(sparsity: number, done: number): number {
  return sparsity * (1 - (1 - done) ** 3);
}

/**
 * An engine that prunes after steps: the smallest weights become 0, in averages and in the optimiser's memory too, so that nothing moves
 * them again. What is pruned follows from the step and the state, whatever segment the step is in.
 */
export function pruningEngine(engine: TrainingEngine, { kernels, sparsity, scope, steps }: PruningSchedule): TrainingEngine {
  const every = Math.max(1, Math.floor(steps / CHANGES));
  return {
    ...engine,
    async step(batch, settings) {
      // Before the step would be too late for the batch, whose memory is filled again as soon as the engine has taken it.
      const loss = await engine.step(batch, settings);
      const done = settings.step + 1;
      if (done > steps || (done !== steps && done % every !== 0)) return loss;
      const state = await engine.read();
      const places = kernels.map(({ offset, length }) => state['weights'].subarray(offset, offset + length));
      pruneByMagnitude(places, cubicSparsity(sparsity, done / steps), scope);
      const followers = Object.entries(state).filter(([name]) => name === 'average.weights' || name.startsWith('slot.')).map(([, values]) => values);
      for (const { offset, length } of kernels) {
        for (let i = offset; i < offset + length; i++) if (state['weights'][i] === 0) for (const follower of followers) follower[i] = 0;
      }
      await engine.load(state);
      return loss;
    },
  };
}
