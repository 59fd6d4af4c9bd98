import assert from 'node:assert/strict';
import { ENSEMBLES } from '../../../../../ml/ensembles/registry.js';
import { argmaxRows } from '../../../../../ml/evaluation/argmax-rows.js';
import { CLASSICAL_GRAPHS, rowGraphOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import { ensembleGraph } from '../../../../../ml/export/onnx/classical/ensemble.js';
import { joinedGraph } from '../../../../../ml/export/onnx/classical/joined.js';
import { asFloats } from '../../../../../ml/models/as-floats.js';
import { model as forest } from '../../../../../ml/models/random-forest.js';
import { model as centroid } from '../../../../../ml/models/nearest-centroid.js';
import { ENSEMBLE_METHODS } from '../../../../../shared/ensemble-methods.js';
import { InvalidConfigError, InvalidModelError } from '../../../../../shared/errors.js';
import { toyDigits } from '../../../../support/digits.js';
import { QUIET } from '../../../../support/fit-context.js';
import { labelsOf, madeUpBases } from '../../../../support/made-up-bases.js';
import { runOnnx } from '../../../../support/run-onnx.js';
import { xgboostPath } from '../../../../support/xgboost-path.js';

const SKILLS = { good: 0.8, fair: 0.7, weak: 0.6 };
const context = { ...QUIET, native: { xgboost: xgboostPath() } };

describe('ensembles as ONNX', function () {
  this.timeout(60_000);
  const labels = labelsOf(600);
  const bases = madeUpBases(labels, SKILLS, 1);
  const { probabilities: asked } = madeUpBases(labelsOf(300), SKILLS, 2);
  const beside = Float32Array.from({ length: 300 * 30 }, (_, i) => asked[Math.floor((i % 30) / 10)]?.data[Math.floor(i / 30) * 10 + (i % 10)] ?? NaN);

  for (const method of ENSEMBLE_METHODS) {
    it(`answer as the fitted ensemble does from its bases' probabilities: ${method}`, async () => {
      const ensemble = await ENSEMBLES[method].fit(bases, labels, ENSEMBLES[method].defaults, context);
      const graph = ensembleGraph(await ensemble.save());
      const expected = await ensemble.predictProba(asked);
      ensemble.dispose();
      const got = await runOnnx(rowGraphOnnx(method, graph), beside, 30);
      assert.deepEqual([graph.names, graph.columns], [['good', 'fair', 'weak'], 30]);
      const furthest = got.probabilities.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected.data[i] ?? NaN))), 0);
      assert.ok(furthest < 1e-6, `${furthest}`);
      assert.deepEqual(got.labels, [...argmaxRows(expected)]);
    });
  }

  it('join bases of the same input in one file, and name a base that is missing or takes another', async () => {
    const [train, unseen] = [toyDigits({ rows: 200, seed: 1 }), toyDigits({ rows: 100, seed: 2 })];
    const models = [await forest.fit(train, unseen, { ...forest.defaults, trees: 5, threads: 1 }, QUIET), await centroid.fit(train, unseen, centroid.defaults, QUIET)];
    const probabilities = await Promise.all(models.map((model) => model.predictProba(unseen.x)));
    const vote = await ENSEMBLES['log-pool'].fit({ names: ['forest', 'centroid'], probabilities }, unseen.labels, ENSEMBLES['log-pool'].defaults, context);
    const ensemble = ensembleGraph(await vote.save());
    const [first, second] = await Promise.all(models.map((model) => model.save()));
    assert.ok(first && second && CLASSICAL_GRAPHS['random-forest'] && CLASSICAL_GRAPHS['nearest-centroid']);
    const graphs = { forest: CLASSICAL_GRAPHS['random-forest'](first), centroid: CLASSICAL_GRAPHS['nearest-centroid'](second) };
    const got = await runOnnx(rowGraphOnnx('joined', joinedGraph(ensemble, graphs)), asFloats(unseen.x).data, 784);
    const { data } = await vote.predictProba(probabilities);
    assert.ok(got.probabilities.every((value, i) => Math.abs(value - (data[i] ?? NaN)) < 1e-5));
    assert.throws(() => joinedGraph(ensemble, { forest: graphs.forest }), (error) => error instanceof InvalidConfigError && /centroid is missing/.test(error.message));
    assert.throws(() => joinedGraph(ensemble, { ...graphs, centroid: { ...graphs.centroid, columns: 5 } }), /centroid takes 5 columns but forest 784/);
  });

  it('refuse what is no ensemble', () => {
    assert.throws(() => ensembleGraph(Uint8Array.of(1, 2, 3)), InvalidModelError);
  });
});
