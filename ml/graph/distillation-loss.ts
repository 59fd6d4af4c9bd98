import type { DataType } from '../../native/tensorflow/data-type.js';
import type { Output } from '../../native/tensorflow/graph.js';
import { constantWeights } from './constant-weights.js';
import { emitNetwork } from './emit-network.js';
import type { GraphOps } from './graph-ops.js';
import type { NamedWeight } from './inference-graph.js';
import type { NetworkTopology } from './topology.js';
import { stopped } from './transforms/fake-quantise.js';

/** A trained network that another one learns from. */
export interface Teacher {
  readonly topology: NetworkTopology;
  readonly weights: readonly NamedWeight[];
  /** Both networks' logits are divided by it, at least 1: the higher, the more its second choices count. */
  readonly temperature: number;
  /** Of the loss, in (0, 1]; the labels have the rest. */
  readonly share: number;
}

/** What a network is told in a step. */
export interface TaughtStep {
  readonly logits: Output;
  readonly targets: Output;
  /** As the teacher sees them, augmented as they are: [batch, height x width x channels]. */
  readonly images: Output;
}

/**
 * Knowledge distillation (Hinton, Vinyals and Dean 2015): cross-entropy with the labels, and with the teacher's softened probabilities times
 * the temperature squared, so that the gradients stay of one size. The teacher answers for the very images of the batch.
 * @throws InvalidModelError for a teacher with a layer that is not compiled.
 */
export function distillationLoss(ops: GraphOps, { logits, targets, images }: TaughtStep, { topology, weights, temperature, share }: Teacher, computeType: DataType): Output {
  const taught = emitNetwork(topology, ops.reshape(images, [-1, ...topology.inputShape]), constantWeights(ops, weights, computeType));
  const cooler = ops.scalar(1 / temperature);
  const soft = stopped(ops, ops.op('Softmax', [ops.mul(taught, cooler)]));
  return ops.add(
    ops.mul(crossEntropy(ops, logits, targets), ops.scalar(1 - share)),
    ops.mul(crossEntropy(ops, ops.mul(logits, cooler), soft), ops.scalar(share * temperature ** 2)),
  );
}

/** The mean over the batch of the cross-entropy of logits with targets. */
export function crossEntropy(ops: GraphOps, logits: Output, targets: Output): Output {
  return ops.reduce('Mean', ops.op('SoftmaxCrossEntropyWithLogits', [logits, targets]), [0]);
}
