import type { JsonObject } from '../../../../shared/json.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import type { NamedWeight } from '../../../graph/inference-graph.js';
import type { TopologyLayer } from '../../../graph/topology.js';
import { keptEntries } from './kept-channels.js';
import type { KeptChannels } from './kept-channels.js';
import { takeAlong } from './take-along.js';

/** A layer, its weights by their short names, what is left of its input, and what of its output is to be left. */
export interface LayerToNarrow {
  readonly layer: TopologyLayer;
  readonly weights: ReadonlyMap<string, NamedWeight>;
  readonly input: KeptChannels | undefined;
  readonly kept: readonly number[] | undefined;
}

/** The layer with fewer channels. */
export interface NarrowedLayer {
  readonly weights: readonly NamedWeight[];
  readonly settings: JsonObject;
  readonly output: KeptChannels | undefined;
}

type Narrow = (layer: LayerToNarrow) => NarrowedLayer;

const passing: Narrow = ({ weights, input }) => ({ weights: [...weights.values()], settings: {}, output: input });

/** A product whose kernel [..., in, out] has a filter for each output. */
const product = (kernelName: string, sizeName: string): Narrow => ({ weights, input, kept }) => {
  const kernel = weights.get(kernelName);
  if (!kernel) return { weights: [...weights.values()], settings: {}, output: undefined };
  const axis = kernel.shape.length - 1;
  const outputs = kernel.shape[axis];
  return {
    weights: [...weights].map(([name, weight]) => {
      if (name === 'bias') return takeAlong(weight, 0, kept);
      if (name === 'depthwise_kernel') return takeAlong(weight, 2, input?.kept);
      return takeAlong(takeAlong(weight, axis - 1, keptEntries(input, weight.shape[axis - 1])), axis, kept);
    }),
    settings: kept ? { [sizeName]: kept.length } : {},
    output: kept && { kept, of: outputs },
  };
};

const depthwise: Narrow = ({ weights, input }) => {
  const multiplier = weights.get('depthwise_kernel')?.shape[3] ?? 1;
  const outputs = input && { kept: input.kept.flatMap((channel) => Array.from({ length: multiplier }, (_, i) => channel * multiplier + i)), of: input.of * multiplier };
  return {
    weights: [...weights].map(([name, weight]) => (name === 'bias' ? takeAlong(weight, 0, outputs?.kept) : takeAlong(weight, 2, input?.kept))),
    settings: {}, output: outputs,
  };
};

const normalisation: Narrow = ({ weights, input }) => ({
  weights: [...weights.values()].map((weight) => takeAlong(weight, 0, keptEntries(input, weight.shape[0]))), settings: {}, output: input,
});

const NARROWS: Readonly<Record<string, Narrow>> = {
  Conv2D: product('kernel', 'filters'), Dense: product('kernel', 'units'), SeparableConv2D: product('pointwise_kernel', 'filters'),
  DepthwiseConv2D: depthwise, BatchNormalization: normalisation,
  ...Object.fromEntries([
    'Activation', 'Flatten', 'ReLU', 'LeakyReLU', 'ELU', 'Dropout', 'MaxPooling2D', 'AveragePooling2D', 'GlobalAveragePooling2D', 'GlobalMaxPooling2D', 'ZeroPadding2D',
  ].map((className) => [className, passing])),
};

/** Layers whose output channels may be chosen. */
export const CHOOSABLE = ['Conv2D', 'Dense', 'SeparableConv2D'];
/** Layers that hand on the channels of their input. */
export const PASSING = Object.keys(NARROWS).filter((className) => !CHOOSABLE.includes(className));

/** @throws InvalidModelError for a layer of which is not known what it does with its channels. */
export function narrowLayer(layer: LayerToNarrow): NarrowedLayer {
  const { layer: { className, name }, weights, input } = layer;
  const narrow = NARROWS[className];
  if (narrow) return narrow(layer);
  if (input) throw new InvalidModelError(`${className} ${name} gets fewer channels: only ${Object.keys(NARROWS).join(', ')} can be made narrower. Leave out the layers before it.`);
  return { weights: [...weights.values()], settings: {}, output: undefined };
}
