import { InvalidModelError } from '../../../shared/errors.js';
import { shapeSize } from '../../shape-size.js';
import type { NetworkGraph } from '../network/network-graph.js';
import { ConstantArrays } from './constant-arrays.js';
import { isDoable } from './doable.js';
import { ENGINE } from './engine.js';
import { LayerCalls } from './layer-calls.js';
import type { WeightStorage } from './layer-calls.js';
import { planArena } from './plan-arena.js';

/** What a header is to be. */
export interface CHeaderOptions extends WeightStorage {
  /** Prefix of everything in it: letters, digits and underscores. */
  readonly name: string;
  /** Facts for people, as a comment. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A network in C. */
export interface CHeader {
  readonly text: string;
  /** Of all constant arrays: weights, scales, biases. */
  readonly constantBytes: number;
  /** Of the working memory. */
  readonly arenaBytes: number;
}

/**
 * A network as one C99 header: constants, and `<name>_predict(image, probabilities)`, which takes [height, width, channels] floats in
 * [0, 1]. Layers are calls with their sizes as arguments, so that everything learnt is in the counted constants.
 * @throws InvalidModelError naming the layers that the C engine does not have.
 */
export function writeCHeader(graph: NetworkGraph, { name, metadata, ...storage }: CHeaderOptions): CHeader {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new InvalidModelError(`"${name}" is no C identifier: expected letters, digits and underscores.`);
  const refused = graph.operators.filter((operator) => !isDoable(graph, operator));
  if (refused.length > 0) {
    const layers = [...new Set(refused.map(({ layer, type }) => `${layer} (${type})`))];
    throw new InvalidModelError(`Layers that cannot be written as C: ${layers.join(', ')}. Export this network as ONNX or TFLite instead.`);
  }
  const arena = planArena(graph);
  const arrays = new ConstantArrays(name);
  const calls = new LayerCalls(graph, storage, arena, arrays);
  const statements = graph.operators.flatMap((operator) => calls.call(operator));
  const floats = arena.size + calls.widest;
  const [input, output] = [graph.input, graph.output].map((value) => shapeSize(graph.values[value].shape));
  const big = name.toUpperCase();
  const text = `/* ${commentOf(metadata)} */
#ifndef ${big}_H
#define ${big}_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Numbers of an image [${graph.values[graph.input].shape.join(', ')}] in [0, 1], and classes. */
#define ${big}_INPUT ${input}
#define ${big}_CLASSES ${output}

/* ${arrays.bytes} bytes of constants */
${arrays.text}

${engineText(calls.used)}

/* Working memory: ${4 * floats} bytes. One call at a time. */
static float ${name}_arena[${floats}];

static void ${name}_predict(const float *image, float *probabilities) {
  float *const arena = ${name}_arena;
  float *const row = arena + ${arena.size};
${statements.map((statement) => `  ${statement}\n`).join('')}  memcpy(probabilities, ${calls.at(graph.output)}, ${output} * sizeof(float));
}

#endif
`;
  return { text, constantBytes: arrays.bytes, arenaBytes: 4 * floats };
}

/** Two headers in one program share the engine. */
function engineText(used: ReadonlySet<string>): string {
  return Object.entries(ENGINE).filter(([part]) => used.has(part)).map(([part, code]) => `#ifndef DL_${part.toUpperCase()}\n#define DL_${part.toUpperCase()}${code}\n#endif`).join('\n');
}

/** Facts inside a C comment. */
function commentOf(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata).map(([key, value]) => `${key}: ${value}`).join('\n * ').replaceAll('*/', '* /');
}
