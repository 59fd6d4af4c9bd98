import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCExample } from '../../../../ml/export/c/write-c-example.js';
import { writeCHeader } from '../../../../ml/export/c/write-c-header.js';
import type { CHeaderOptions } from '../../../../ml/export/c/write-c-header.js';
import { evaluateNetwork } from '../../../../ml/export/network/evaluate-network.js';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { shapeSize } from '../../../../ml/shape-size.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { randomImages } from '../network/random-network.js';
import { smallNetwork } from '../network/small-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';

const WITHOUT_C = ['self-attention-cnn', 'vision-transformer', 'vision-transformer of patches'];
const COMPILER = ['-std=c99', '-O2', '-Wall', '-Wextra', '-Werror'];
/** Reads and writes beyond arrays, shifts and conversions that C leaves open: any ends the program. */
const SANITIZERS = ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
/** What a header may take from the C library: nothing that allocates, reads or writes. */
const LIBRARY = /^(expf?|erff?|sqrtf?|tanhf?|fmaxf?|fminf?|floorf?|ldexpf?|log1pf?|logf?|powf?|memcpy|memset|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail)$/;

/** The functions of others that a header calls. */
function calledBy(header: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-c-'));
  try {
    writeFileSync(join(folder, 'digits.h'), header);
    writeFileSync(join(folder, 'only.c'), '#include "digits.h"\nvoid answer(const float *image, float *probabilities) { digits_predict(image, probabilities); }\n');
    execFileSync('cc', [...COMPILER, '-c', '-o', join(folder, 'only.o'), join(folder, 'only.c')]);
    return execFileSync('nm', ['-u', join(folder, 'only.o')], { encoding: 'utf8' }).split('\n').map((line) => line.trim().split(/\s+/).at(-1) ?? '').filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles a header with its example, which answers for images of bytes. */
function answersInC(header: string, images: readonly Uint8Array[], more: readonly string[] = []): number[][] {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-c-'));
  try {
    writeFileSync(join(folder, 'digits.h'), header);
    writeFileSync(join(folder, 'example.c'), writeCExample('digits', 'digits.h'));
    execFileSync('cc', [...COMPILER, ...more, '-o', join(folder, 'example'), join(folder, 'example.c'), '-lm'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const text = execFileSync(join(folder, 'example'), { input: Buffer.concat(images), encoding: 'utf8' });
    return text.trim().split('\n').map((line) => line.split(' ').map(Number));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('A network in C', function () {
  this.timeout(60_000);

  const graphOf = async (name: string): Promise<{ readonly graph: NetworkGraph; readonly images: Uint8Array[] }> => {
    const network = await smallNetwork(name);
    const images = randomImages(network, 5, 6).map((image) => Uint8Array.from(image, (value) => Math.round(255 * value)));
    return { graph: lowerNetwork(network.topology, network.weights), images };
  };
  const header = (graph: NetworkGraph, options: Partial<CHeaderOptions> = {}): ReturnType<typeof writeCHeader> =>
    writeCHeader(graph, { name: 'digits', weights: 'float32', metadata: { name: 'digits', note: 'ends with */ inside' }, ...options });
  const farthest = (graph: NetworkGraph, images: readonly Uint8Array[], answers: readonly number[][]): number => {
    assert.equal(answers.length, images.length);
    return Math.max(...images.flatMap((image, row) => {
      const expected = evaluateNetwork(graph, Float32Array.from(image, (byte) => byte / 255));
      return Array.from(expected, (value, i) => Math.abs(value - (answers[row]?.[i] ?? NaN)));
    }));
  };

  for (const name of Object.keys(SMALL_NETWORKS).filter((key) => !WITHOUT_C.includes(key))) {
    it(`compiles without a warning and gives the network's probabilities: ${name}`, async () => {
      const { graph, images } = await graphOf(name);
      const { text } = header(graph);
      const distance = farthest(graph, images, answersInC(text, images));
      assert.ok(distance < 1e-5, `${distance} apart`);
    });
  }

  for (const name of Object.keys(SMALL_NETWORKS).filter((key) => !WITHOUT_C.includes(key))) {
    it(`stays within its arrays and within what C defines: ${name}`, async () => {
      const { graph, images } = await graphOf(name);
      const distance = farthest(graph, images, answersInC(header(graph).text, images, SANITIZERS));
      assert.ok(distance < 1e-5, `${distance} apart`);
    });
  }

  it('stays within its arrays in few bits too', async () => {
    const { graph, images } = await graphOf('tiny-cnn 8k');
    for (const weights of [8, 2] as const) {
      const { text } = header(graph, { weights });
      assert.deepEqual(answersInC(text, images, SANITIZERS).length, images.length);
    }
  });

  it('allocates nothing: it calls mathematics alone', async () => {
    for (const name of Object.keys(SMALL_NETWORKS).filter((key) => !WITHOUT_C.includes(key))) {
      const { graph } = await graphOf(name);
      const others = calledBy(header(graph, { weights: 8 }).text).filter((called) => !LIBRARY.test(called));
      assert.deepEqual(others, [], name);
    }
  });

  it('answers each image as if it were the first: nothing of one is left for the next', async () => {
    const { graph, images } = await graphOf('tiny-cnn 8k');
    const { text } = header(graph, { weights: 8 });
    const [first, ...others] = images;
    assert.ok(first);
    assert.deepEqual(answersInC(text, [...others, first]).at(-1), answersInC(text, [first])[0]);
  });

  it('keeps weights of 8, 4 and 2 bits with the network that they stand for', async () => {
    const { graph, images } = await graphOf('tiny-cnn 8k');
    const exact = header(graph).constantBytes;
    const apart = ([8, 4, 2] as const).map((weights) => {
      const { text, constantBytes } = header(graph, { weights });
      assert.ok(constantBytes < (exact * weights) / 32 + 4 * 200, `${weights} bits: ${constantBytes} of ${exact} bytes`);
      return farthest(graph, images, answersInC(text, images));
    });
    const [eight = NaN, four = NaN, two = NaN] = apart;
    assert.ok(eight < 0.01 && eight < four && four < two, apart.join(', '));
  });

  it('holds the codes that a kernel was trained to be, whatever their bits', async () => {
    const { graph, images } = await graphOf('cnn');
    const grid = graph.values.map((value) => (value.data && value.name.endsWith('kernel') ? { ...value, data: value.data.map((weight) => 0.25 * Math.max(-3, Math.min(3, Math.round(weight / 0.25)))) } : value));
    const snapped = { ...graph, values: grid };
    const codes = new Map(grid.flatMap(({ name, data, shape }) => (data && name.endsWith('kernel')
      ? [[name, { bits: 3, values: Int8Array.from(data, (weight) => weight / 0.25), scales: new Float32Array(shape[shape.length - 1] ?? 0).fill(0.25) }] as const] : [])));
    const { text, constantBytes } = header(snapped, { codes });
    const distance = farthest(snapped, images, answersInC(text, images));
    assert.ok(distance < 2e-3, `${distance} apart: biases are float16`);
    const kernelBytes = [...codes.values()].reduce((sum, { values, scales }) => sum + Math.ceil((3 * values.length) / 8) + 2 * scales.length, 0);
    const biasBytes = grid.filter(({ name, data }) => data && name.endsWith('bias')).reduce((sum, { shape }) => sum + 2 * shapeSize(shape), 0);
    assert.equal(constantBytes, kernelBytes + biasBytes);
  });

  for (const bits of [2, 1] as const) {
    it(`holds odd codes, which have no zero, in ${bits} bits`, async () => {
      const { graph, images } = await graphOf('cnn');
      const most = 2 ** bits - 1;
      const oddOf = (weight: number): number => Math.max(-most, Math.min(most, 2 * Math.floor(weight / 0.5) + 1));
      const codes = new Map(graph.values.flatMap(({ name, data, shape }) => (data && name.endsWith('kernel')
        ? [[name, { bits, values: Int8Array.from(data, oddOf), scales: new Float32Array(shape[shape.length - 1] ?? 0).fill(0.25) }] as const] : [])));
      const snapped = { ...graph, values: graph.values.map((value) => (codes.has(value.name) && value.data ? { ...value, data: value.data.map((weight) => 0.25 * oddOf(weight)) } : value)) };
      const distance = farthest(snapped, images, answersInC(header(snapped, { codes }).text, images));
      assert.ok(distance < 2e-3, `${distance} apart: biases are float16`);
      const [name = '', { values } = assert.fail('no kernel')] = [...codes][0] ?? [];
      const beyond = new Map([...codes, [name, { bits, values: values.map((code, i) => (i === 0 ? most : i === 1 ? 0 : code)), scales: new Float32Array(8).fill(1) }]]);
      assert.throws(() => header(snapped, { codes: beyond }), (error) => error instanceof InvalidModelError && /A code of 0 among/.test(error.message));
    });
  }

  it('is refused by the names of the layers that the engine does not have', async () => {
    const { graph } = await graphOf('vision-transformer');
    assert.throws(() => header(graph), (error) => error instanceof InvalidModelError && /cannot be written as C: .*\((batchMatMul|standardise)\)/.test(error.message));
    assert.throws(() => header(graph, { name: '1st' }), /no C identifier/);
  });
});
