import type { JsonObject } from '../../../shared/json.js';

interface LayerJson extends JsonObject {
  readonly name?: string;
  readonly config: JsonObject & { readonly name: string };
  readonly inbound_nodes?: readonly (readonly (readonly [string, ...JsonObject[]])[])[];
}
type NetworkConfig = readonly LayerJson[] | (JsonObject & { readonly layers: readonly LayerJson[]; readonly output_layers?: readonly (readonly [string, number, number])[] });

/** A tf.layers topology with other settings of some layers. */
export function changeSettings(topology: JsonObject, settingsOf: (name: string) => JsonObject): JsonObject {
  return mapLayers(topology, (layers) => layers.map((layer) => ({ ...layer, config: { ...layer.config, ...settingsOf(layer.config.name), name: layer.config.name } })));
}

/**
 * A tf.layers topology without a layer of one input: what took its output takes that of the layer before it.
 * @param settings that the layer before it gets.
 */
export function withoutLayer(topology: JsonObject, name: string, before: string, settings: JsonObject): JsonObject {
  const renamed = (to: string): string => (to === name ? before : to);
  return mapLayers(topology, (layers) => layers.filter(({ config }) => config.name !== name).map((layer) => ({
    ...layer,
    ...(layer.inbound_nodes && { inbound_nodes: layer.inbound_nodes.map((node) => node.map(([from, ...rest]) => [renamed(from), ...rest] as const)) }),
    config: layer.config.name === before ? { ...layer.config, ...settings, name: layer.config.name } : layer.config,
  })));
}

function mapLayers(topology: JsonObject, change: (layers: readonly LayerJson[]) => readonly LayerJson[]): JsonObject {
  const inner = topology['model_config'] as JsonObject | undefined;
  if (inner) return { ...topology, model_config: mapLayers(inner, change) };
  const config = topology['config'] as unknown as NetworkConfig;
  const changed = 'layers' in config ? { ...config, layers: change(config.layers) } : change(config);
  return { ...topology, config: changed as unknown as JsonObject };
}
