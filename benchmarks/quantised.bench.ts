import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { quantisedFiles } from '../ml/compression/variant/quantised-files.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { mcnemar } from '../ml/evaluation/mcnemar.js';
import { calibrationImages } from '../ml/export/calibration-images.js';
import { lowerSavedNetwork } from '../ml/export/network/lower-saved-network.js';
import { writeNetwork } from '../ml/export/onnx/write-network.js';
import { readLayersModel } from '../ml/models/read-layers-model.js';
import { serveOnnx } from '../ml/serving/serve-onnx.js';
import { POST_TRAINING_FORMS } from '../shared/compression.js';
import { trainingSets } from './mnist-halves.js';

/*
 * What networks lose that are quantised after their training: each saved network in every form, calibrated on training images and judged on the last
 * 10,000 of the training half in ONNX Runtime. p is of the exact McNemar test beside the network in float32.
 *
 *   node dist/benchmarks/quantised.bench.js [--networks cnn,tiny-8k] [--calibration 200] [--folder benchmarks/results/deep-weights]
 */
const { values: given } = parseArgs({ options: {
  networks: { type: 'string', default: 'cnn,residual-cnn,tiny-8k,tiny-1k,vision-transformer' }, calibration: { type: 'string', default: '200' }, folder: { type: 'string', default: 'benchmarks/results/deep-weights' },
} });
const { train, validation } = trainingSets('data/mnist', Infinity);
const images = calibrationImages(train.x, Number(given.calibration));
const lines: object[] = [];
for (const name of given.networks.split(',')) {
  const graph = lowerSavedNetwork(readLayersModel(new Uint8Array(readFileSync(`${given.folder}/${name}.zip`))));
  const onnx = writeNetwork(graph, { name, doc: '', metadata: {} });
  const whole = await answersOf(onnx);
  lines.push({ network: name, form: 'float32', accuracy: accuracy(whole, validation.labels), onnxBytes: onnx.length });
  for (const form of POST_TRAINING_FORMS) {
    const files = quantisedFiles(graph, images, { name, form, metadata: {} }, () => undefined);
    const answers = await answersOf(files.onnx);
    const { onlyACorrect, onlyBCorrect, pValue } = mcnemar({ name, predicted: whole }, { name: form, predicted: answers }, validation.labels);
    lines.push({ network: name, form, accuracy: accuracy(answers, validation.labels), changed: answers.filter((label, row) => label !== whole[row]).length, onlyBefore: onlyACorrect, onlyAfter: onlyBCorrect, p: Number(pValue.toFixed(2)), onnxBytes: files.onnx.length, tfliteBytes: files.tflite.length });
  }
}
console.table(lines);
process.exit(0);

async function answersOf(onnx: Uint8Array): Promise<Uint8Array> {
  const served = await serveOnnx('network', onnx, 1);
  const proba = await served.predictProba(validation.x);
  await served.dispose();
  return argmaxRows(proba);
}
