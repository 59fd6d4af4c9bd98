import { InvalidConfigError } from '../../../shared/errors.js';
import type { NetworkTopology } from '../../graph/topology.js';
import type { NetworkTransforms } from '../../graph/transforms/network-transforms.js';
import type { WeightLayout, WeightPlace } from '../../graph/weight-layout.js';
import type { LabelledMatrix } from '../../matrix.js';
import type { FitContext } from '../../models/model.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import type { TrainingEngine } from '../../training/training-engine.js';

/** The network that a stage starts from. */
export interface StageNetwork {
  readonly saved: SavedNetwork;
  readonly topology: NetworkTopology;
  readonly layout: WeightLayout;
}

/** What a stage's engine trains, and for how long. */
export interface StageTraining {
  /** Of what is trained. */
  readonly layout: WeightLayout;
  readonly totalSteps: number;
}

/** How a stage trains. All of it follows from the network, the training rows and the plan, so that a resumed stage is the same. */
export interface PreparedStage {
  readonly transforms: NetworkTransforms;
  /** First values of what is trained beside or instead of the network's own weights, by the names of `transformedLayout`. */
  readonly start: ReadonlyMap<string, ArrayLike<number>>;
  /** What the stage does between steps. */
  decorate?(engine: TrainingEngine, training: StageTraining): TrainingEngine;
  /** Epochs before this one (1-based) are not kept. */
  readonly chooseFrom?: number;
}

/** One step of a plan. */
export interface CompressionStage {
  readonly name: string;
  readonly epochs: number;
  /** Instead of the plan's. */
  readonly learningRate?: number | undefined;
  /** The network that is trained, when it is not the one before. */
  narrow?(saved: SavedNetwork): SavedNetwork;
  prepare(network: StageNetwork, train: LabelledMatrix, context: FitContext): Promise<PreparedStage>;
}

/** The places of kernels: what is pruned, shared and quantised. Biases and normalisations are not. */
export function kernelPlaces({ trained }: WeightLayout): WeightPlace[] {
  return trained.filter(({ name, shape }) => shape.length > 1 && name.endsWith('kernel'));
}

/** The layer of a weight's full name. */
export function layerOf(weight: string): string {
  return weight.slice(0, weight.lastIndexOf('/'));
}

/** A weight's numbers, by its full name. */
export function numbersOf({ saved: { weights } }: StageNetwork, name: string): Float32Array {
  return weights.find((weight) => weight.name === name)?.data ?? new Float32Array(0);
}

/** @throws InvalidConfigError when a setting names layers that have no kernel. */
export function checkLayerNames(setting: string, names: readonly string[], { layout }: StageNetwork): void {
  const known = [...new Set(kernelPlaces(layout).map(({ name }) => layerOf(name)))];
  const unknown = names.filter((layer) => !known.includes(layer));
  if (unknown.length > 0) throw new InvalidConfigError(`compression: ${setting} names ${unknown.join(', ')}: the network's layers with kernels are ${known.join(', ')}.`);
}
