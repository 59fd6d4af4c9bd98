import { shapeSize } from '../../shape-size.js';
import type { WeightLayout, WeightPlace } from '../weight-layout.js';
import type { CodeGrid } from './code-grid.js';

/** How the weight that a layer sees follows from what is trained. What is given is applied in this order: shared, grid, sparse. */
export interface WeightTransform {
  /** Centroids are trained, and each weight is one of them; an assignment of -1 is a weight of 0. */
  readonly shared?: { readonly centroids: number; readonly assignment: Int32Array };
  /** Codes that stay as they are, in the weight's order: of the weight only the steps of its grid are trained. */
  readonly fixed?: Int8Array;
  /** Weights (or centroids) are put on a grid, whose step follows from the largest of a channel, or is trained. */
  readonly grid?: { readonly codes: CodeGrid; readonly step: 'largest' | 'learnt' };
  /** A weight of exactly 0 is pruned: it is seen as 0 and gets no gradient. */
  readonly sparse?: boolean;
}

/** What is done to a network's weights and activations while it is trained. */
export interface NetworkTransforms {
  /** By the weight's full name. */
  readonly weights: ReadonlyMap<string, WeightTransform>;
  /** Grids of layers' outputs by the layer's name; their steps are trained. */
  readonly activations: ReadonlyMap<string, CodeGrid>;
}

/** Names of what is trained beside, or instead of, a weight. */
export const trainedNames = {
  centroids: (weight: string): string => `${weight}:centroids`,
  /** Logarithms of steps, one for each channel. */
  steps: (weight: string): string => `${weight}:steps`,
  /** Logarithm of the step of a layer's output. */
  activationStep: (layer: string): string => `${layer}:activation-step`,
};

/** The layout of what is trained: the network's own with centroids instead of shared weights, and with the steps that are learnt. */
export function transformedLayout(layout: WeightLayout, { weights, activations }: NetworkTransforms): WeightLayout {
  const trained: WeightPlace[] = [];
  let parameters = 0;
  const add = (name: string, shape: readonly number[]): void => {
    const length = shapeSize(shape);
    trained.push({ name, shape, offset: parameters, length });
    parameters += length;
  };
  for (const place of layout.trained) {
    const { shared, grid, fixed } = weights.get(place.name) ?? {};
    if (shared) add(trainedNames.centroids(place.name), [shared.centroids]);
    else if (!fixed) add(place.name, place.shape);
    if (grid?.step === 'learnt') add(trainedNames.steps(place.name), [shared ? 1 : shapeSize(channelShape(place))]);
  }
  for (const layer of activations.keys()) add(trainedNames.activationStep(layer), [1]);
  return { ...layout, trained, parameters };
}

/** A kernel's sides with 1 for all but those of its output channels: depthwise kernels [rows, columns, in, multiplier] have two of them. */
export function channelShape({ name, shape }: Pick<WeightPlace, 'name' | 'shape'>): number[] {
  const channelAxes = name.endsWith('/depthwise_kernel') ? 2 : 1;
  return shape.map((side, axis) => (axis >= shape.length - channelAxes ? side : 1));
}
