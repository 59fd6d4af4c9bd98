import { InvalidModelError } from '../../shared/errors.js';
import type { NamedWeight } from '../graph/inference-graph.js';

/** What became of each layer. */
export interface WeightTransfer {
  /** The target's weights, in its order: the source's where a layer was taken. */
  readonly weights: readonly NamedWeight[];
  /** Layers whose weights are the source's. */
  readonly taken: readonly string[];
  /** The target's other layers, and why. */
  readonly left: readonly { readonly layer: string; readonly reason: string }[];
  /** Layers of the source that the target does not have. */
  readonly unused: readonly string[];
}

/**
 * Takes over weights by layer name: a layer is taken when the source has a layer of its name that has all of its weights in the
 * same shapes, else it is left as it is.
 * @param except layers that are to stay as they are, e.g. a classifier of other classes.
 * @throws InvalidModelError when no layer can be taken.
 */
export function transferWeights(target: readonly NamedWeight[], source: readonly NamedWeight[], except: readonly string[] = []): WeightTransfer {
  const given = byLayer(source);
  const wanted = byLayer(target);
  const taken: string[] = [];
  const left: { layer: string; reason: string }[] = [];
  for (const [layer, weights] of wanted) {
    const reason = except.includes(layer) ? 'to be left' : misfit(weights, given.get(layer));
    if (reason === undefined) taken.push(layer);
    else left.push({ layer, reason });
  }
  if (taken.length === 0) {
    const [example] = left;
    throw new InvalidModelError(
      `None of the ${wanted.size} layers can take weights from the ${given.size} given ones (${example ? `${example.layer}: ${example.reason}` : 'there is none'}): ` +
        `give a saved model of the same architecture and options. It has ${[...given.keys()].slice(0, 5).join(', ')}.`,
    );
  }
  const sources = new Map(taken.flatMap((layer) => (given.get(layer) ?? []).map((weight) => [weight.name, weight])));
  return {
    weights: target.map((weight) => ({ ...weight, data: (sources.get(weight.name) ?? weight).data })),
    taken, left,
    unused: [...given.keys()].filter((layer) => !wanted.has(layer)),
  };
}

function byLayer(weights: readonly NamedWeight[]): Map<string, NamedWeight[]> {
  const layers = new Map<string, NamedWeight[]>();
  for (const weight of weights) {
    const layer = weight.name.slice(0, weight.name.lastIndexOf('/'));
    layers.set(layer, [...(layers.get(layer) ?? []), weight]);
  }
  return layers;
}

/** Why a layer cannot be taken; undefined when it can. */
function misfit(wanted: readonly NamedWeight[], given: readonly NamedWeight[] | undefined): string | undefined {
  if (!given) return 'the source has no such layer';
  for (const { name, shape } of wanted) {
    const other = given.find((weight) => weight.name === name);
    if (!other) return `the source has no ${name}`;
    if (`${other.shape}` !== `${shape}`) return `${name} is [${shape.join(', ')}], the source's [${other.shape.join(', ')}]`;
  }
  return undefined;
}
