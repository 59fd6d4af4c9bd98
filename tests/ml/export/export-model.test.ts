import assert from 'node:assert/strict';
import { exportModel } from '../../../ml/export/export-model.js';
import type { ExportedModel } from '../../../ml/export/export-model.js';
import { exportMetadata, PIXELS_TO_UNIT } from '../../../ml/export/export-metadata.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { encodeSavedNetwork } from '../../../ml/models/encode-saved-network.js';
import { model as centroid } from '../../../ml/models/nearest-centroid.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { model as xgboost } from '../../../ml/models/xgboost.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { XgboostBooster } from '../../../native/xgboost-booster.js';
import { loadXgboost } from '../../../native/xgboost-library.js';
import { InvalidConfigError, InvalidModelError } from '../../../shared/errors.js';
import { CALIBRATED_FORMATS, NETWORK_FORMATS } from '../../../shared/export-formats.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';
import { unsaidFacts } from '../../support/unsaid-facts.js';
import { xgboostPath } from '../../support/xgboost-path.js';
import { SMALL_NETWORKS } from './network/small-networks.js';

const FACTS = { labels: ['0', '1'], input: 'images', normalisation: PIXELS_TO_UNIT, trainingDigest: 'the digest', licence: 'Apache-2.0', version: '0.1.0' };

describe('Exporting a model', () => {
  const network = async (name: string): Promise<ExportedModel> => {
    const { tf } = await loadTensorFlow();
    const model = SMALL_NETWORKS[name]?.(tf);
    assert.ok(model);
    const bytes = encodeLayersModel(model, {});
    model.dispose();
    return { kind: name, bytes, facts: { ...FACTS, name: `my-${name}` } };
  };

  it('gives the files of every format, named by the model, all facts inside', async () => {
    const cnn = await network('cnn');
    const calibration = { images: [new Float32Array(256).fill(0.5)] };
    const files = Object.fromEntries(NETWORK_FORMATS.map((format) => [format, exportModel({ ...cnn, calibration }, format)]));
    assert.deepEqual(Object.fromEntries(Object.entries(files).map(([format, made]) => [format, Object.keys(made)])), {
      onnx: ['my-cnn.onnx'], 'onnx-int8': ['my-cnn.int8.onnx'], 'tflite-int8': ['my-cnn.int8.tflite'], 'tflite-int8-weights4': ['my-cnn.int8-weights4.tflite'], tflite: ['my-cnn.tflite'], 'tflite-float16': ['my-cnn.float16.tflite'], 'tflite-dynamic': ['my-cnn.dynamic.tflite'], 'tflite-dynamic4': ['my-cnn.dynamic4.tflite'],
      c: ['my_cnn.h', 'my_cnn_example.c'], 'c-int8': ['my_cnn_int8.h', 'my_cnn_int8_example.c'], safetensors: ['my-cnn.safetensors'],
      tfjs: ['my-cnn-tfjs/model.json', 'my-cnn-tfjs/group1-shard1of1.bin'], savedmodel: ['my-cnn-savedmodel/saved_model.pb'],
    });
    const averaged = encodeSavedNetwork({ ...readLayersModel(cnn.bytes), details: { testTimeAugmentation: 5 } });
    for (const format of NETWORK_FORMATS) {
      const [[first = new Uint8Array()], [other = new Uint8Array()]] = [averaged, cnn.bytes].map((bytes) => Object.values(exportModel({ ...cnn, bytes, calibration }, format))) as [Uint8Array[], Uint8Array[]];
      assert.deepEqual([first, other].map((file) => Buffer.from(file).includes('[-1,0]')), [true, false], `${format} names the places`);
    }
    for (const [format, made] of Object.entries(files)) {
      const [first = assert.fail()] = Object.values(made);
      assert.deepEqual(unsaidFacts(first, exportMetadata(cnn.facts)), [], format);
    }
  });

  it('asks for training images where activations are kept in 8 bits', async () => {
    const cnn = await network('cnn');
    for (const format of CALIBRATED_FORMATS) assert.throws(() => exportModel(cnn, format), (error) => error instanceof InvalidConfigError && error.message.startsWith(`${format} needs training images`));
  });

  it('gives a classical model as ONNX, and refuses the formats of networks', async () => {
    const { x, labels } = toyDigits({ rows: 60, seed: 1 });
    const fitted = await centroid.fit({ x, labels }, { x, labels }, centroid.defaults, { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined });
    const model = { kind: 'nearest-centroid', bytes: await fitted.save(), facts: { ...FACTS, name: 'centroid' } };
    fitted.dispose();
    const { 'centroid.onnx': file, ...others } = exportModel(model, 'onnx');
    assert.deepEqual([others, unsaidFacts(file ?? assert.fail(), exportMetadata(model.facts))], [{}, []]);
    assert.throws(() => exportModel(model, 'tflite'), (error) => error instanceof InvalidConfigError && /centroid is of kind nearest-centroid, which can be exported as onnx, not as tflite/.test(error.message));
  });

  it('gives XGBoost\'s trees as the library\'s own file, which answers as the model and says the facts', async () => {
    const { x, labels } = toyDigits({ rows: 200, seed: 2 });
    const context = { seed: 1, native: { xgboost: xgboostPath() }, signal: new AbortController().signal, progress: () => undefined };
    const fitted = await xgboost.fit({ x, labels }, { x, labels }, { ...xgboost.defaults, rounds: 3, columns: 40 }, context);
    const model = { kind: 'xgboost', bytes: await fitted.save(), facts: { ...FACTS, name: 'trees' } };
    const { 'trees.ubj': file, ...others } = exportModel(model, 'xgboost');
    assert.deepEqual(others, {});
    assert.ok(file);
    const booster = XgboostBooster.create(loadXgboost(xgboostPath()), {});
    booster.load(file);
    const facts = exportMetadata(model.facts);
    assert.deepEqual(Object.fromEntries(Object.keys(facts).map((name) => [name, booster.attribute(name)])), facts);
    assert.match(booster.attribute('chosen_columns') ?? '', /^784,/, 'what the model itself wrote is still there');
    booster.dispose();
    const loaded = await xgboost.load(file, context.native);
    assert.deepEqual((await loaded.predictProba(x)).data, (await fitted.predictProba(x)).data);
    loaded.dispose();
    fitted.dispose();
    assert.throws(() => exportModel({ ...model, bytes: Uint8Array.of(123, 125) }, 'xgboost'), InvalidModelError);
    assert.throws(() => exportModel(model, 'c'), (error) => error instanceof InvalidConfigError && /exported as onnx and xgboost, not as c/.test(error.message));
    const cnn = await network('cnn');
    assert.throws(() => exportModel(cnn, 'xgboost'), InvalidConfigError);
  });

  it('refuses layers that a format cannot hold by their names', async () => {
    const transformer = await network('vision-transformer');
    assert.throws(() => exportModel(transformer, 'c'), (error) => error instanceof InvalidModelError && /cannot be written as C: /.test(error.message));
    assert.throws(() => exportModel(transformer, 'tfjs'), InvalidModelError);
    assert.deepEqual(Object.keys(exportModel(transformer, 'tflite')), ['my-vision-transformer.tflite']);
  });
});
