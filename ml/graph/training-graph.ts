import type { DataType } from '../../native/tensorflow/data-type.js';
import { buildGraph } from '../../native/tensorflow/graph.js';
import type { Graph, Operation, Output } from '../../native/tensorflow/graph.js';
import type { TensorFlowLibrary } from '../../native/tensorflow/library.js';
import type { OptimiserOptions } from '../training/optimiser-options.js';
import { crossEntropy, distillationLoss } from './distillation-loss.js';
import type { Teacher } from './distillation-loss.js';
import { emitNetwork } from './emit-network.js';
import { flatVariable, joinPlaces, splitPlaces } from './flat-variable.js';
import type { FlatVariable } from './flat-variable.js';
import { graphOps } from './graph-ops.js';
import type { GraphOps } from './graph-ops.js';
import { graphOptimiser } from './graph-optimiser.js';
import type { GraphOptimiser } from './graph-optimiser.js';
import type { NetworkTopology } from './topology.js';
import { transformedLayout } from './transforms/network-transforms.js';
import type { NetworkTransforms } from './transforms/network-transforms.js';
import { quantisedOutputs } from './transforms/quantised-outputs.js';
import { seenWeights } from './transforms/seen-weights.js';
import type { WeightLayout } from './weight-layout.js';
import { shapeSize } from '../shape-size.js';

/** How a network is trained, as far as the graph knows. */
export interface TrainingGraphOptions {
  readonly batchSize: number;
  readonly optimiser: OptimiserOptions;
  /** Gradients are scaled down to this global norm; 0 leaves them. */
  readonly clipNorm: number;
  /** Keep an average of the weights. */
  readonly averaging: boolean;
  /** What products and maps are computed in. */
  readonly computeType: DataType;
  /** The weights that layers see are a function of those that are trained. @default none */
  readonly transforms?: NetworkTransforms;
  /** The network learns from its answers too. @default the labels alone */
  readonly teacher?: Teacher;
}

/** A network, its loss and its optimiser as one graph. */
export interface TrainingGraph {
  readonly graph: Graph;
  /** Of what is trained: the network's own where nothing is transformed. */
  readonly layout: WeightLayout;
  /** Everything that is remembered from step to step, by name. */
  readonly variables: readonly FlatVariable[];
  readonly optimiser: GraphOptimiser;
  readonly step: {
    /** [batch, height x width x channels] */
    readonly images: Output;
    /** [batch, classes] */
    readonly targets: Output;
    /** int32 scalar */
    readonly seed: Output;
    /** The optimiser's numbers, then the decay and the part of the way that the average goes. */
    readonly scalars: Output;
    readonly loss: Output;
    readonly update: Operation;
    /** `update`, and the average moves. */
    readonly updateAndAverage: Operation;
    /** For tests: the loss's gradient by the weights. */
    readonly gradient: Output;
  };
  /** Answers with the weights as they are, or with their average. */
  readonly answers: Readonly<Record<'current' | 'average', { readonly images: Output; readonly probabilities: Output } | undefined>>;
}

/**
 * Compiles a classifier for training: forward pass, softmax cross-entropy, symbolic gradients, optimiser, decoupled weight decay,
 * clipping, moving averages of batch normalisation and of the weights.
 * @throws InvalidModelError for a layer that is not compiled.
 */
export function compileTraining(library: TensorFlowLibrary, topology: NetworkTopology, layout: WeightLayout, options: TrainingGraphOptions): TrainingGraph {
  return buildGraph(library, (graph) => emitTraining(graph, topology, layout, options));
}

function emitTraining(graph: Graph, topology: NetworkTopology, own: WeightLayout, options: TrainingGraphOptions): TrainingGraph {
  const ops = graphOps(graph);
  const { batchSize, averaging, computeType, transforms = NO_TRANSFORMS } = options;
  const layout = transformedLayout(own, transforms);
  const area = shapeSize(topology.inputShape);
  const variables = networkVariables(ops, layout, '');
  const average = averaging ? networkVariables(ops, layout, 'average.') : undefined;
  const optimiser = graphOptimiser(ops, options.optimiser, layout.parameters);

  const images = ops.placeholder('images', 'float32', [batchSize, area]);
  const seed = ops.placeholder('seed', 'int32', []);
  // Read once: another reading might come before or after the optimiser's change.
  const before = variables.weights.read();
  const trainedParts = splitPlaces(ops, before, layout.trained);
  const weights = seenWeights(ops, trainedParts, own.trained, transforms);
  const moves = new Map<string, { readonly statistic: Output; readonly momentum: number }>();
  const logits = emitNetwork(topology, ops.reshape(images, [batchSize, ...topology.inputShape]), {
    ops, training: true, computeType,
    weight: (name) => weights.get(name),
    output: quantisedOutputs(ops, trainedParts, transforms),
    moveTowards: (name, statistic, momentum) => void moves.set(name, { statistic, momentum }),
    seed: (layer) => ops.op('Pack', [[seed, ops.scalar(layer, 'int32')]], { axis: { int: 0 } }),
  });
  const targets = ops.placeholder('targets', 'float32', [batchSize, ops.shape(logits)[1]]);
  const loss = options.teacher ? distillationLoss(ops, { logits, targets, images }, options.teacher, computeType) : crossEntropy(ops, logits, targets);
  const places = layout.trained;
  const gradient = joinPlaces(ops, graph.gradients([loss], places.map(({ name }) => trainedParts.get(name) as Output)), places);

  const scalars = ops.placeholder('scalars', 'float32', [optimiser.scalars + 2]);
  const unpacked = graph.add('Unpack', { inputs: [scalars], attributes: { num: { int: optimiser.scalars + 2 }, axis: { int: 0 } } });
  const scalar = (index: number): Output => ({ oper: unpacked, index });
  const trained = trainWeights(ops, variables.weights, before, gradient, layout, options, optimiser, scalar);
  const moved = variables.moving ? [moveStatistics(ops, variables.moving, moves, layout)] : [];
  const update = ops.group([trained, ...moved]);
  const updateAndAverage = average ? ops.group(followers(ops, variables, average, scalar(optimiser.scalars + 1), update)) : update;

  return {
    graph, optimiser, layout,
    variables: [...Object.values(variables), ...Object.values(average ?? {}), ...optimiser.slots],
    step: { images, targets, seed, scalars, loss, update, updateAndAverage, gradient },
    answers: {
      current: answer(ops, topology, own, layout, variables, options, area),
      average: average && answer(ops, topology, own, layout, average, options, area),
    },
  };
}

const NO_TRANSFORMS: NetworkTransforms = { weights: new Map(), activations: new Map() };

interface NetworkVariables {
  readonly weights: FlatVariable;
  readonly moving?: FlatVariable;
}

function networkVariables(ops: GraphOps, { parameters, statistics }: WeightLayout, prefix: string): NetworkVariables {
  return { weights: flatVariable(ops, `${prefix}weights`, parameters), ...(statistics > 0 && { moving: flatVariable(ops, `${prefix}moving`, statistics) }) };
}

/** Clips, applies the optimiser, decays; Adam's decay is a penalty in the gradient, the others' is decoupled. */
function trainWeights(
  ops: GraphOps, weights: FlatVariable, before: Output, gradient: Output, { trained, parameters }: WeightLayout, { clipNorm, optimiser: { kind, weightDecay } }: TrainingGraphOptions,
  optimiser: GraphOptimiser, scalar: (index: number) => Output,
): Operation {
  // Biases, scales and shifts (one axis) are not decayed.
  const mask = new Float32Array(parameters);
  for (const { shape, offset, length } of trained) if (shape.length > 1) mask.fill(1, offset, offset + length);
  const decayed = (by: Output): Output => ops.mul(ops.mul(before, ops.constant(mask)), by);
  const clipped = clipNorm > 0 ? clip(ops, gradient, clipNorm) : gradient;
  const penalised = kind === 'adam' && weightDecay > 0 ? ops.add(clipped, decayed(ops.scalar(weightDecay))) : clipped;
  const applied = optimiser.apply(weights, penalised, Array.from({ length: optimiser.scalars }, (_, i) => scalar(i)));
  return kind === 'adam' || weightDecay === 0 ? applied : weights.subtract(decayed(scalar(optimiser.scalars)), [applied]);
}

/** Scales a gradient down to a global norm (Pascanu et al.). */
function clip(ops: GraphOps, gradient: Output, norm: number): Output {
  const length = ops.op('Sqrt', [ops.mul(ops.op('L2Loss', [gradient]), ops.scalar(2))]);
  return ops.mul(gradient, ops.op('RealDiv', [ops.scalar(norm), ops.op('Maximum', [length, ops.scalar(norm)])]));
}

/** moving += (1 - momentum) (statistic - moving) */
function moveStatistics(ops: GraphOps, moving: FlatVariable, moves: ReadonlyMap<string, { readonly statistic: Output; readonly momentum: number }>, layout: WeightLayout): Operation {
  const rates = new Float32Array(layout.statistics);
  const before = moving.read();
  const parts = splitPlaces(ops, before, layout.moving);
  const statistics = layout.moving.map(({ name, offset, length }) => {
    const move = moves.get(name);
    if (move) rates.fill(1 - move.momentum, offset, offset + length);
    return move?.statistic ?? (parts.get(name) as Output);
  });
  return moving.subtract(ops.mul(ops.sub(before, joinPlaces(ops, statistics, layout.moving)), ops.constant(rates)));
}

/** The averages go a part of the way to what they follow, once that has moved. */
function followers(ops: GraphOps, variables: NetworkVariables, average: NetworkVariables, part: Output, after: Operation): Operation[] {
  return (['weights', 'moving'] as const).flatMap((name) => {
    const [leader, follower] = [variables[name], average[name]];
    return leader && follower ? [follower.subtract(ops.mul(ops.sub(follower.read(), leader.read([after])), part))] : [];
  });
}

function answer(
  ops: GraphOps, topology: NetworkTopology, own: WeightLayout, layout: WeightLayout, { weights, moving }: NetworkVariables,
  { computeType, transforms = NO_TRANSFORMS }: TrainingGraphOptions, area: number,
): { readonly images: Output; readonly probabilities: Output } {
  const images = ops.placeholder('answer/images', 'float32', [-1, area]);
  const trainedParts = splitPlaces(ops, weights.read(), layout.trained);
  const values = new Map([...seenWeights(ops, trainedParts, own.trained, transforms), ...(moving ? splitPlaces(ops, moving.read(), layout.moving) : [])]);
  const logits = emitNetwork(topology, ops.reshape(images, [-1, ...topology.inputShape]), {
    ops, training: false, computeType,
    weight: (name) => values.get(name),
    output: quantisedOutputs(ops, trainedParts, transforms),
    moveTowards: () => undefined,
    seed: () => ops.ints(0, 0),
  });
  return { images, probabilities: ops.op('Softmax', [logits]) };
}
