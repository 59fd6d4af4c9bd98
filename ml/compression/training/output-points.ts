import type { NetworkTopology, TopologyLayer } from '../../graph/topology.js';

const PRODUCTS = ['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Dense'];
const OWN_POINTS = ['GlobalAveragePooling2D', 'Add'];
/** What runtimes compute together with the product before it. */
const FUSED = ['BatchNormalization', 'Activation', 'ReLU', 'LeakyReLU', 'ELU'];

/** The layers whose outputs are put on grids: where a product with what is fused into it ends, means and sums; not the network's output. */
export function outputPoints({ layers, output }: NetworkTopology): string[] {
  const users = (name: string): TopologyLayer[] => layers.filter(({ inputs }) => inputs.includes(name));
  const end = (name: string): string => {
    const [next, ...others] = users(name);
    return next && others.length === 0 && FUSED.includes(next.className) ? end(next.name) : name;
  };
  const points = layers.filter(({ className }) => [...PRODUCTS, ...OWN_POINTS].includes(className)).map(({ name }) => end(name));
  return [...new Set(points)].filter((name) => name !== output);
}
