import assert from 'node:assert/strict';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { Classifier } from '../../../ml/models/model.js';
import { MODELS } from '../../../ml/models/registry.js';
import { serveModel } from '../../../ml/serving/serve-model.js';
import { SERVED_AS_TRAINED } from '../../../ml/serving/served-as-trained.js';
import { SERVED_BY_LITERT } from '../../../ml/serving/served-by-litert.js';
import type { ServedModel } from '../../../ml/serving/served-model.js';
import { InvalidModelError } from '../../../shared/errors.js';
import type { JsonObject } from '../../../shared/json.js';
import { MODEL_NAMES } from '../../../shared/model-names.js';
import type { ModelName } from '../../../shared/model-names.js';
import { mnistSubset } from '../../support/digits.js';
import { QUIET } from '../../support/fit-context.js';
import { litertPath } from '../../support/litert-path.js';
import { nativePaths } from '../../support/native-paths.js';
import { xgboostPath } from '../../support/xgboost-path.js';

const QUICK: JsonObject = { epochs: 1, batchSize: 50 };
const TRUNK: JsonObject = { ...QUICK, filters: [[4], [8]], hidden: 16 };
/** What makes each fit short. */
const SETTINGS: Partial<Record<ModelName, JsonObject>> = {
  cnn: { ...TRUNK, filters: [[4], [8, 8]] }, 'dense-network': { ...QUICK, hidden: [24] }, 'se-cnn': TRUNK, 'cbam-cnn': TRUNK,
  'self-attention-cnn': { ...TRUNK, heads: 2, keyDim: 4 }, 'vision-transformer': { ...QUICK, patch: 7, stem: 'patch', width: 16, depth: 1, heads: 2, hidden: 16 },
  'mobilenet-v2': { ...QUICK, blocks: 2, last: 32 }, 'residual-cnn': { ...QUICK, stem: [4, 8], widths: [8], blocks: [1] }, 'tiny-cnn': QUICK,
  'logistic-regression': { maxIterations: 20 }, 'linear-svm': { maxIterations: 20 }, lda: { projection: 'pca', components: 40 },
  'random-forest': { trees: 10, threads: 1 }, 'extra-trees': { trees: 10, threads: 1 }, bagging: { trees: 5, threads: 1 }, 'ada-boost': { trees: 5 }, xgboost: { rounds: 5 },
};
/** Kinds that are steps in their input and may differ where a row lies on an edge. */
const STEPS: readonly ModelName[] = ['decision-tree', 'random-forest', 'extra-trees', 'bagging', 'ada-boost', 'xgboost', 'knn'];
const native = { ...nativePaths(), xgboost: xgboostPath(), litert: litertPath() };

/** What answers for a kind. */
function runtimeOf(kind: ModelName): RegExp {
  if (SERVED_AS_TRAINED.includes(kind)) return /^typescript$/;
  return SERVED_BY_LITERT.includes(kind) ? /^LiteRT 2\.\d+\.\d+, XNNPACK$/ : /^onnxruntime-node 1\.\d+\.\d+$/;
}

describe('A model in service', function () {
  this.timeout(60_000);
  const train = mnistSubset({ split: 'train', from: 0, to: 1000 });
  const validation = mnistSubset({ split: 'train', from: 50_000, to: 50_200 });
  const { x: unseen } = mnistSubset({ split: 'train', from: 50_200, to: 50_800 });

  async function served(kind: ModelName, more: JsonObject, work: (fitted: Classifier, service: ServedModel) => Promise<void>, threads = 1): Promise<void> {
    const fitted = await MODELS[kind].fit(train, validation, { ...MODELS[kind].defaults, ...SETTINGS[kind], ...more }, { ...QUIET, native });
    const service = await serveModel(MODELS[kind], await fitted.save(), { native, threads });
    try {
      await work(fitted, service);
    } finally {
      fitted.dispose();
      await service.dispose();
    }
  }

  for (const kind of MODEL_NAMES) {
    it(`answers MNIST's digits as it was trained to, in batches and alone, and says by what: ${kind}`, () => served(kind, {}, async (fitted, service) => {
      const expected = await fitted.predictProba(unseen);
      const got = await service.predictProba(unseen);
      assert.deepEqual([got.rows, got.columns], [600, 10]);
      const allowed = STEPS.includes(kind) ? 1 : 0;
      const apart = Array.from({ length: 600 }, (_, row) => Math.max(...rowsBetween(got, row, row + 1).data.map((value, i) => Math.abs(value - (expected.data[10 * row + i] ?? NaN)))));
      assert.ok(apart.filter((difference) => !(difference <= 1e-4)).length <= allowed, `apart by ${Math.max(...apart)}`);
      const [labels, trained] = [argmaxRows(got), argmaxRows(expected)];
      assert.ok(labels.filter((label, row) => label !== trained[row]).length <= allowed);
      for (const row of [0, 599]) {
        const { data } = await service.predictProba(rowsBetween(unseen, row, row + 1));
        assert.ok(data.every((value, i) => Math.abs(value - (got.data[10 * row + i] ?? NaN)) < 1e-5));
      }
      assert.match(service.runtime, runtimeOf(kind));
    }));
  }

  it('averages a network over shifts where it was trained to', () => served('tiny-cnn', { testTimeAugmentation: 5 }, async (fitted, service) => {
    const few = rowsBetween(unseen, 0, 50);
    const expected = await fitted.predictProba(few);
    const got = await service.predictProba(few);
    assert.ok(got.data.every((value, i) => Math.abs(value - (expected.data[i] ?? NaN)) < 1e-5));
  }));

  it('answers by ONNX Runtime where LiteRT is not there', () => served('tiny-cnn', {}, async (fitted) => {
    const service = await serveModel(MODELS['tiny-cnn'], await fitted.save(), { native: nativePaths() });
    assert.match(service.runtime, /^onnxruntime-node/);
    await service.dispose();
  }));

  it("gives each of several callers its own rows' answers, on as many threads as it is told", () => served('xgboost', {}, async (_, service) => {
    const all = await service.predictProba(unseen);
    const parts = await Promise.all([0, 1, 2, 300].map((from) => service.predictProba(rowsBetween(unseen, from, from === 300 ? 600 : from + 1))));
    for (const [i, from] of [0, 1, 2, 300].entries()) {
      assert.ok(parts[i]?.data.every((value, k) => Math.abs(value - (all.data[10 * from + k] ?? NaN)) < 1e-6), `rows from ${from}`);
    }
  }, 2));

  it('refuses rows of another width and goes on, and bytes of another kind', () => served('xgboost', {}, async (fitted, service) => {
    await assert.rejects(async () => service.predictProba({ rows: 1, columns: 5, data: new Float32Array(5) }), (error) => error instanceof InvalidModelError && /784 columns.* have 5/.test(error.message));
    assert.equal((await service.predictProba(rowsBetween(unseen, 0, 1))).rows, 1);
    const bytes = await fitted.save();
    for (const kind of ['knn', 'cnn'] as const) await assert.rejects(serveModel(MODELS[kind], bytes, { native }), InvalidModelError);
  }));
});
