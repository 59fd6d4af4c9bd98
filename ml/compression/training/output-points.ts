import type { NetworkTopology, TopologyLayer } from '../../graph/topology.js';

const PRODUCTS = ['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Dense'];
const ACTIVATIONS = ['Activation', 'ReLU', 'LeakyReLU', 'ELU'];
const JOINS = ['GlobalAveragePooling2D', 'Add'];

/** A layer whose output is put on a grid. */
export interface OutputPoint {
  readonly layer: string;
  /** A product's output that an activation of its own takes: a runtime stores it too, but only in between. */
  readonly between: boolean;
}

/**
 * Where runtimes with whole numbers store what they have computed: after products with the normalisation and the relu that are fused into
 * them, after other activations, means and sums; not the network's output.
 */
export function outputPoints({ layers, output }: NetworkTopology): OutputPoint[] {
  const only = (name: string): TopologyLayer | undefined => {
    const [next, ...others] = layers.filter(({ inputs }) => inputs.includes(name));
    return others.length === 0 ? next : undefined;
  };
  const end = (name: string): string => {
    const next = only(name);
    return next && (next.className === 'BatchNormalization' || isFused(next)) ? end(next.name) : name;
  };
  const points = layers.flatMap((layer): OutputPoint[] => {
    const { name, className } = layer;
    if (PRODUCTS.includes(className)) {
      const last = end(name);
      return [{ layer: last, between: isActivation(only(last)) }];
    }
    return JOINS.includes(className) || (isActivation(layer) && !isFused(layer)) ? [{ layer: name, between: false }] : [];
  });
  return points.filter(({ layer }) => layer !== output);
}

function isActivation(layer: TopologyLayer | undefined): boolean {
  return layer !== undefined && ACTIVATIONS.includes(layer.className);
}

/** What runtimes compute together with the product before it. */
function isFused({ className, config }: TopologyLayer): boolean {
  return className === 'ReLU' || (className === 'Activation' && ['linear', 'relu', 'relu6'].includes(String(config['activation'])));
}
