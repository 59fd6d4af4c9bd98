import assert from 'node:assert/strict';
import { variantAnswers } from '../../../activities/tasks/variant-answers.js';
import { quantisedFiles } from '../../../ml/compression/variant/quantised-files.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { calibrationImages } from '../../../ml/export/calibration-images.js';
import { serveOnnx } from '../../../ml/serving/serve-onnx.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { randomCnn, randomImages } from '../../ml/compression/random-cnn.js';
import { litertPath } from '../../support/litert-path.js';

describe('the answers of a variant', () => {
  const x = randomImages(60, 784, 1);
  const test = randomImages(30, 784, 2);
  const files = (seed: number): ReturnType<typeof quantisedFiles> => {
    const graph = randomCnn({ side: 28, convolutions: [{ kernel: [3, 3], channels: 4, padding: 'same', stride: 2, pool: 2 }], hidden: [12] }, seed);
    return quantisedFiles(graph, calibrationImages(x, 30), { name: 'net', form: 'int8', metadata: {} }, () => undefined);
  };
  const asked = async (given: ReturnType<typeof quantisedFiles>, native: { readonly litert?: string }): ReturnType<typeof variantAnswers> => {
    const served = await serveOnnx('net', given.onnx, 1);
    const labels = argmaxRows(await served.predictProba(x));
    await served.dispose();
    const notes: number[] = [];
    const answers = await variantAnswers('net', given, { validation: { x, labels }, test, threads: 1, native }, new AbortController().signal, (_, fraction) => notes.push(fraction));
    assert.ok(notes.every((fraction, i) => fraction >= (notes[i - 1] ?? 0) && fraction <= 1));
    return answers;
  };

  it('are those of the ONNX file, and say how the .tflite file differs in LiteRT', async () => {
    const { outputs, figures } = await asked(files(3), { litert: litertPath() });
    assert.equal(figures.validationAccuracy, 1);
    assert.match(figures.tflite?.runtime ?? '', /^LiteRT/);
    assert.ok((figures.tflite?.validationAccuracy ?? 0) > 0.9 && (figures.tflite?.largestDifference ?? 0) > 0);
    assert.deepEqual(outputs, (await asked(files(3), {})).outputs);
    assert.equal((await asked(files(3), {})).figures.tflite, undefined);
  });

  it('are refused where the .tflite file is of another network', async () => {
    await assert.rejects(asked({ ...files(3), tflite: files(4).tflite }, { litert: litertPath() }), (error) => error instanceof InvalidModelError && /The files of net disagree: the \.tflite is right for \d+\.\d\d % of the 60 validation rows in LiteRT .*, the ONNX file for 100\.00 % in onnxruntime-node .*, and a probability is 0\.\d+ apart/.test(error.message));
  });
});
