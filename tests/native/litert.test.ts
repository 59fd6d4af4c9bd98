import assert from 'node:assert/strict';
import { PINS } from '../../infra/provision/pins.js';
import { TFLITE_FORMS, tfliteFile } from '../../ml/compression/tflite-forms.js';
import type { TfliteForm } from '../../ml/compression/tflite-forms.js';
import { evaluateNetwork } from '../../ml/export/network/evaluate-network.js';
import type { NetworkGraph } from '../../ml/export/network/network-graph.js';
import { readTflite } from '../../ml/export/tflite/read-tflite.js';
import { writeTflite } from '../../ml/export/tflite/write-tflite.js';
import { openLiteRt } from '../../native/litert.js';
import type { LiteRtBuffers, LiteRtModel } from '../../native/litert.js';
import { LITERT_VERSION } from '../../native/litert-library.js';
import { InvalidDataError, InvalidModelError, NativeLibraryError } from '../../shared/errors.js';
import { loweredNetwork } from '../ml/export/tflite/lowered-networks.js';
import { observedRanges } from '../ml/export/tflite/observed-ranges.js';
import { litertPath } from '../support/litert-path.js';

const IMAGES = 6;
const TOLERANCES: Partial<Record<TfliteForm, number>> = { float32: 1e-6, float16: 2e-3, dynamic: 0.03, int8: 0.04 };

describe('LiteRT in this process', () => {
  const path = litertPath();
  let graph: NetworkGraph;
  let images: readonly Float32Array[];
  let files: Record<TfliteForm, Uint8Array>;

  before(async () => {
    ({ graph, images } = await loweredNetwork('cnn', IMAGES));
    const ranges = observedRanges(graph, images);
    files = Object.fromEntries(TFLITE_FORMS.map((form) => [form, tfliteFile(graph, form, { description: '', metadata: {} }, ranges)])) as typeof files;
  });

  function fill({ input }: LiteRtBuffers, { input: numbers }: LiteRtModel, from: number): void {
    const given = images.slice(from, from + input.length / (images[0]?.length ?? 1)).flatMap((image) => [...image]);
    input.set(numbers.type === 'float32' ? given : given.map((value) => Math.round(value / numbers.scale) + numbers.zeroPoint));
  }
  function answers(model: LiteRtModel, rows: number): number[] {
    const buffers = model.buffers(rows);
    const all: number[] = [];
    for (let from = 0; from < IMAGES; from += rows) {
      fill(buffers, model, from);
      buffers.run();
      const { output: numbers } = model;
      all.push(...Array.from(buffers.output, (value) => (numbers.type === 'float32' ? value : numbers.scale * (value - numbers.zeroPoint))));
    }
    return all;
  }

  it('is the version that is provisioned', () => {
    assert.equal(LITERT_VERSION, PINS.litert.version);
    const model = openLiteRt(files.float32, { path });
    assert.equal(model.runtime, `LiteRT ${PINS.litert.version}, XNNPACK`);
    model.dispose();
  });

  for (const form of TFLITE_FORMS) {
    it(`gives the network's probabilities alone and in batches, the same on two threads: ${form}`, () => {
      const model = openLiteRt(files[form], { path });
      assert.deepEqual([model.inputSize, model.outputSize], [images[0]?.length, graph.values[graph.output]?.shape.at(-1)]);
      const single = answers(model, 1);
      const expected = images.flatMap((image) => [...evaluateNetwork(graph, image)]);
      const apart = Math.max(...expected.map((value, i) => Math.abs(value - (single[i] ?? NaN))));
      assert.ok(apart <= (TOLERANCES[form] ?? 0.5), `${apart} apart`);
      const double = openLiteRt(files[form], { path, threads: 2 });
      for (const rows of [2, 3, 1, 6]) {
        for (const one of [model, double]) {
          const got = answers(one, rows);
          assert.ok(got.every((value, i) => Math.abs(value - (single[i] ?? NaN)) < 1e-6), `${rows} rows`);
        }
      }
      model.dispose();
      double.dispose();
    });
  }

  it('says how an int8 file holds pixels and probabilities', () => {
    const model = openLiteRt(files.int8, { path });
    assert.deepEqual([model.input, model.output], [{ type: 'int8', scale: Math.fround(1 / 255), zeroPoint: -128 }, { type: 'int8', scale: 1 / 256, zeroPoint: -128 }]);
    model.dispose();
  });

  it('has XNNPACK compute every operator of a float32 network', () => {
    const model = openLiteRt(files.float32, { path });
    assert.equal(model.accelerated, true);
    model.dispose();
  });

  it('goes back and forth between buffers of several lengths, which answer where their last answer stood', () => {
    const model = openLiteRt(files.float32, { path });
    const [one, four] = [model.buffers(1), model.buffers(4)];
    const expected = answers(model, 1);
    for (let from = 0; from < 2; from++) {
      fill(one, model, from);
      fill(four, model, from);
      one.run();
      four.run();
      assert.ok(one.output.every((value, i) => Math.abs(value - (expected[10 * from + i] ?? NaN)) < 1e-6));
      assert.ok(four.output.every((value, i) => Math.abs(value - (expected[10 * from + i] ?? NaN)) < 1e-6));
    }
    model.dispose();
  });

  it('runs a file whose shapes are of one image, image by image alone', () => {
    const draft = readTflite(files.float32);
    const model = openLiteRt(writeTflite({ ...draft, tensors: draft.tensors.map(({ signature: _, ...fixed }) => fixed) }), { path });
    assert.equal(model.batches, false);
    const free = openLiteRt(files.float32, { path });
    assert.equal(free.batches, true);
    assert.deepEqual(answers(model, 1), answers(free, 1));
    assert.throws(() => model.buffers(2), (error) => error instanceof InvalidDataError && /2 rows; the shapes/.test(error.message));
    for (const one of [model, free]) one.dispose();
  });

  it('refuses bytes that are no model, cut ones too, and a library that is not there', () => {
    for (const bytes of [Uint8Array.of(1, 2, 3), new Uint8Array(5000), files.int8.subarray(0, files.int8.length / 2)]) {
      assert.throws(() => openLiteRt(bytes, { path }), (error) => error instanceof InvalidModelError && error.message.includes(`${bytes.length} bytes`), `${bytes.length}`);
    }
    assert.throws(() => openLiteRt(files.int8, { path: '/no/such/libLiteRt.so' }), (error) => error instanceof NativeLibraryError && /no\/such.*doctor/.test(error.message));
    assert.throws(() => openLiteRt(files.int8, { path: undefined }), (error) => error instanceof NativeLibraryError && /doctor/.test(error.message));
  });

  it('refuses to use what was disposed of, and lets it be disposed of twice', () => {
    const model = openLiteRt(files.float32, { path });
    const [kept, freed] = [model.buffers(1), model.buffers(1)];
    freed.dispose();
    freed.dispose();
    assert.throws(() => freed.run(), NativeLibraryError);
    kept.run();
    for (const rows of [0, 1.5, NaN]) assert.throws(() => model.buffers(rows), InvalidDataError);
    model.dispose();
    model.dispose();
    assert.throws(() => kept.run(), NativeLibraryError);
    assert.throws(() => model.buffers(1), NativeLibraryError);
  });

  it('gives its memory back: 300 models and their buffers leave the process no larger', () => {
    const once = (): void => {
      const model = openLiteRt(files.float32, { path });
      const buffers = model.buffers(500);
      buffers.run();
      model.dispose();
    };
    for (let i = 0; i < 30; i++) once();
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 300; i++) once();
    const grown = (process.memoryUsage.rss() - before) / 1e6;
    assert.ok(grown < 60, `grew by ${grown.toFixed(0)} MB`);
  });
});
