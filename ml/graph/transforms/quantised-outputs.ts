import type { Output } from '../../../native/tensorflow/graph.js';
import { shapeSize } from '../../shape-size.js';
import type { GraphOps } from '../graph-ops.js';
import { fakeQuantise, learntStep } from './fake-quantise.js';
import { trainedNames } from './network-transforms.js';
import type { NetworkTransforms } from './network-transforms.js';

/** Puts the outputs of layers on their grids, as `emitNetwork` asks for it; other layers' outputs stay. */
export function quantisedOutputs(ops: GraphOps, trained: ReadonlyMap<string, Output>, { activations }: NetworkTransforms): (layer: string, value: Output) => Output {
  return (layer, value) => {
    const grid = activations.get(layer);
    const logarithm = trained.get(trainedNames.activationStep(layer));
    if (!grid || !logarithm) return value;
    const step = ops.reshape(learntStep(ops, logarithm, shapeSize(ops.shape(value).slice(1)), grid), []);
    return ops.cast(fakeQuantise(ops, ops.cast(value, 'float32'), step, grid), ops.graph.typeOf(value) ?? 'float32');
  };
}
