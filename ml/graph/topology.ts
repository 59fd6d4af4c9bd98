import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';

/** One layer of a network and where its inputs come from. */
export interface TopologyLayer {
  readonly name: string;
  /** E.g. `Conv2D`; a layer of one's own has its `className`. */
  readonly className: string;
  /** As `toJSON` writes it: keys in snake_case. */
  readonly config: JsonObject;
  /** Names of the layers whose outputs it takes, in order. */
  readonly inputs: readonly string[];
}

/** A network as a list of layers, each after those that it takes its inputs from. */
export interface NetworkTopology {
  /** [height, width, channels] of the one input. */
  readonly inputShape: readonly number[];
  readonly layers: readonly TopologyLayer[];
  /** Name of the layer that gives the output. */
  readonly output: string;
}

interface LayerJson {
  readonly class_name: string;
  readonly name?: string;
  readonly config: JsonObject & { readonly name: string; readonly batch_input_shape?: readonly (number | null)[] };
  readonly inbound_nodes?: readonly (readonly (readonly [string, number, number, ...unknown[]])[])[];
}

interface ModelJson {
  readonly class_name?: string;
  readonly config: readonly LayerJson[] | { readonly layers: readonly LayerJson[]; readonly output_layers?: readonly (readonly [string, number, number])[] };
}

/**
 * Reads a tf.layers model's topology (`model.toJSON(null, false)`, or `modelTopology` of a model.json; converted Keras models have it
 * under `model_config`): sequential models, and functional ones with one input and one output whose layers are used once.
 * @throws InvalidModelError for other models.
 */
export function readTopology(json: unknown): NetworkTopology {
  const given = json as ModelJson & { readonly model_config?: ModelJson };
  const { config } = given.model_config ?? given;
  const layers = 'layers' in config ? config.layers : config;
  if (layers.length === 0) throw new InvalidModelError('A network without layers was given.');
  const functional = layers.some(({ inbound_nodes: nodes }) => nodes !== undefined && nodes.length > 0);
  const read = layers.flatMap((layer, index) => (functional ? functionalLayer(layer) : sequentialLayer(layer, layers[index - 1])));
  const outputs = 'layers' in config ? config.output_layers : undefined;
  const last = read[read.length - 1];
  const output = functional ? outputs?.[0]?.[0] : last.name;
  if (output === undefined || (outputs?.length ?? 1) !== 1) throw new InvalidModelError(`A network with one output is expected, got ${outputs?.length ?? 0}.`);
  const inputs = layers.filter(({ config: { batch_input_shape: shape } }) => shape !== undefined);
  const shape = inputs[0]?.config.batch_input_shape;
  if (inputs.length !== 1 || !shape) throw new InvalidModelError(`A network with one input of known shape is expected, got ${inputs.length} inputs.`);
  return { inputShape: shape.slice(1).map(Number), layers: read, output };
}

function sequentialLayer({ class_name: className, config }: LayerJson, previous: LayerJson | undefined): TopologyLayer[] {
  const { name } = config;
  if (previous === undefined && className !== 'InputLayer') {
    const input = `${name}_input`;
    return [{ name: input, className: 'InputLayer', config: {}, inputs: [] }, { name, className, config, inputs: [input] }];
  }
  return [{ name, className, config, inputs: previous ? [previous.config.name] : [] }];
}

function functionalLayer({ class_name: className, config, inbound_nodes: nodes = [] }: LayerJson): TopologyLayer[] {
  const { name } = config;
  if (nodes.length > 1) throw new InvalidModelError(`Layer ${name} is used ${nodes.length} times: give each use a layer of its own.`);
  const inputs = (nodes[0] ?? []).map(([layer, node, tensor]) => {
    if (node !== 0 || tensor !== 0) throw new InvalidModelError(`Layer ${name} takes output ${tensor} of use ${node} of ${layer}: only the first of the first is read.`);
    return layer;
  });
  return [{ name, className, config, inputs }];
}
