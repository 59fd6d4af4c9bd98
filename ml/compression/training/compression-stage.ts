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

/** How a stage trains. All of it follows from the network, the training rows and the plan, so that a resumed stage is the same. */
export interface PreparedStage {
  readonly transforms: NetworkTransforms;
  /** First values of what is trained beside or instead of the network's own weights, by the names of `transformedLayout`. */
  readonly start: ReadonlyMap<string, ArrayLike<number>>;
  /** What the stage does between steps. */
  decorate?(engine: TrainingEngine, trained: WeightLayout): TrainingEngine;
  /** Epochs before this one (1-based) are not kept. */
  readonly chooseFrom?: number;
}

/** One step of a plan. */
export interface CompressionStage {
  readonly name: string;
  readonly epochs: number;
  prepare(network: StageNetwork, train: LabelledMatrix, context: FitContext): Promise<PreparedStage>;
}

/** The places of kernels: what is pruned, shared and quantised. Biases and normalisations are not. */
export function kernelPlaces({ trained }: WeightLayout): WeightPlace[] {
  return trained.filter(({ name, shape }) => shape.length > 1 && name.endsWith('kernel'));
}
