import type { Output } from '../../../native/tensorflow/graph.js';
import { InternalError } from '../../../shared/errors.js';
import { shapeSize } from '../../shape-size.js';
import type { GraphOps } from '../graph-ops.js';
import type { WeightPlace } from '../weight-layout.js';
import { SMALLEST_STEP, stepOfLargest } from './code-grid.js';
import type { CodeGrid } from './code-grid.js';
import { fakeQuantise, learntStep, stopped } from './fake-quantise.js';
import { channelShape, trainedNames } from './network-transforms.js';
import type { NetworkTransforms, WeightTransform } from './network-transforms.js';

/**
 * The weights that layers see, by name.
 * @param trained what is trained, by the names of `transformedLayout`.
 * @param places of the network's own layout.
 */
export function seenWeights(ops: GraphOps, trained: ReadonlyMap<string, Output>, places: readonly WeightPlace[], { weights }: NetworkTransforms): ReadonlyMap<string, Output> {
  const trainedAs = (name: string): Output => {
    const found = trained.get(name);
    if (!found) throw new InternalError(`${name} is not among what is trained.`);
    return found;
  };
  return new Map(places.map((place) => {
    const transform = weights.get(place.name);
    return [place.name, transform ? seen(ops, trainedAs, place, transform) : trainedAs(place.name)];
  }));
}

function seen(ops: GraphOps, trainedAs: (name: string) => Output, place: WeightPlace, { shared, grid, fixed, sparse = false }: WeightTransform): Output {
  const { name, shape, length } = place;
  const steps = (): Output => trainedAs(trainedNames.steps(name));
  const stepShape = shared ? [1] : channelShape(place);
  const learnt = (codes: CodeGrid): Output => ops.reshape(learntStep(ops, steps(), length / shapeSize(stepShape), codes), stepShape);
  if (fixed && grid) return ops.mul(ops.reshape(ops.constant(Float32Array.from(fixed)), shape), learnt(grid.codes));
  const raw = trainedAs(shared ? trainedNames.centroids(name) : name);
  const step = (): Output => (grid?.step === 'learnt'
    ? learnt(grid.codes)
    : largestStep(ops, raw, stepShape, grid?.codes.high ?? 1));
  const values = grid ? fakeQuantise(ops, raw, step(), grid.codes) : raw;
  if (shared) {
    // Assignment -1 takes the zero that is put before the centroids.
    const table = ops.op('ConcatV2', [[ops.constant(Float32Array.of(0)), values], ops.scalar(0, 'int32')]);
    return ops.reshape(ops.op('GatherV2', [table, ops.constant(shared.assignment.map((index) => index + 1)), ops.scalar(0, 'int32')]), shape);
  }
  return sparse ? ops.mul(values, stopped(ops, ops.cast(ops.op('NotEqual', [raw, ops.scalar(0)]), 'float32'))) : values;
}

/** The step with which the largest absolute value of each channel gets the highest code; no gradient goes through it. */
function largestStep(ops: GraphOps, raw: Output, stepShape: readonly number[], high: number): Output {
  const axes = stepShape.flatMap((side, axis) => (side === 1 ? [axis] : []));
  const largest = ops.reshape(ops.reduce('Max', ops.op('Abs', [raw]), axes), stepShape);
  return stopped(ops, ops.op('Maximum', [ops.mul(largest, ops.scalar(stepOfLargest(high))), ops.scalar(SMALLEST_STEP)]));
}
