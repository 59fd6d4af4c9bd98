import assert from 'node:assert/strict';
import cluster from '../../../activities/tasks/cluster.process.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { decodeNpz } from '../../../ml/data/npz.js';
import { clusterSection } from '../../../ml/reports/cluster-section.js';
import type { ClusterAnalysis } from '../../../shared/analysis/cluster-analysis.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { mnistSubset } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

const ROWS = 1200;
const { x, labels } = mnistSubset({ split: 'train', from: 0, to: ROWS });
const oneHot = new Float32Array(ROWS * 10);
labels.forEach((label, row) => (oneHot[row * 10 + label] = 1));
const inputs = {
  images: [encodeNpy(x.data.slice(0, 600 * 784), [600, 28, 28]), encodeNpy(x.data.slice(600 * 784), [600, 28, 28])],
  labels: [encodeNpy(labels, [ROWS])],
  'x:told': [encodeNpy(oneHot, [ROWS, 10])],
};
const params = { clusters: [10, 30], restarts: 3, of: ['pixels', 'pca', 'deskewed', 'told'], finerOf: ['pixels', 'pca', 'deskewed', 'told'] };
const parsed = (bytes?: Uint8Array): ClusterAnalysis => JSON.parse(new TextDecoder().decode(bytes)) as ClusterAnalysis;

describe('the cluster step', () => {
  const done = runStep(cluster, params, inputs);
  const clusteringsOf = async (): Promise<ClusterAnalysis['clusterings']> => parsed((await done).outputs['clusters']?.bytes).clusterings;

  it('describes every input with every number of clusters', async () => {
    const clusterings = await clusteringsOf();
    assert.deepEqual(clusterings.map(({ of, clusters, restarts }) => `${of} ${clusters} ${restarts}`),
      params.of.flatMap((of) => [`${of} 10 3`, `${of} 30 1`]));
    for (const { table, means, clusters, objective, inertia } of clusterings) {
      assert.equal(table.flat().reduce((sum, count) => sum + count, 0), ROWS);
      assert.deepEqual([table.length, means.length], [clusters, clusters]);
      assert.equal(objective.at(-1), inertia);
    }
  });

  it('cuts the last input alone into more clusters than digits when not told otherwise', async () => {
    const { outputs } = await runStep(cluster, { clusters: [10, 30] }, inputs);
    assert.deepEqual(parsed(outputs['clusters']?.bytes).clusterings.map(({ of, clusters }) => `${of} ${clusters}`), ['pixels 10', 'pca 10', 'deskewed 10', 'deskewed 30']);
  });

  it('finds the digits better than chance, fully where the input tells them, and better when upright', async () => {
    const clusterings = await clusteringsOf();
    const ten = (of: string): number => clusterings.find((each) => each.of === of && each.clusters === 10)?.overRestarts.hungarianAccuracy.most ?? NaN;
    assert.ok(ten('pixels') > 0.4, `${ten('pixels')}`);
    assert.equal(ten('told'), 1);
    assert.ok(ten('deskewed') > ten('pixels'), `${ten('deskewed')} and ${ten('pixels')}`);
    const purities = clusterings.filter(({ of }) => of === 'pca').map(({ purity }) => purity);
    assert.ok((purities[1] ?? NaN) > (purities[0] ?? NaN), `${purities}`);
  });

  it('writes centres that are the means of their rows', async () => {
    const { arrays } = decodeNpz((await done).outputs['centres']?.bytes ?? new Uint8Array());
    const centres = arrays['pixels.10'];
    const assignment = arrays['pixels.10.assignment'];
    assert.deepEqual([centres?.shape, assignment?.shape], [[10, 784], [ROWS]]);
    const rows = Array.from({ length: ROWS }, (_, row) => row).filter((row) => assignment?.data[row] === 4);
    const mean = rows.reduce((sum, row) => sum + (x.data[row * 784 + 400] ?? NaN) / 255, 0) / rows.length;
    assert.ok(Math.abs(Number(centres?.data[4 * 784 + 400]) - mean) < 0.02, `${centres?.data[4 * 784 + 400]}, expected ${mean}`);
  });

  it('gives the same bytes for the same seed', async () => {
    const again = await runStep(cluster, params, inputs);
    assert.deepEqual(again.outputs, (await done).outputs);
  });

  it('is shown with the centres and their digits', async () => {
    const { markup } = clusterSection(parsed((await done).outputs['clusters']?.bytes));
    assert.ok(markup.includes('100.0'));
    assert.equal(markup.match(/<svg/g)?.length, 40);
    assert.doesNotMatch(markup, /undefined|NaN/);
  });

  it('refuses nothing to do, more clusters than rows, and an input it was not given', async () => {
    await assert.rejects(runStep(cluster, { clusters: [] }, inputs), InvalidConfigError);
    await assert.rejects(runStep(cluster, { clusters: [ROWS + 1], of: ['pca'] }, inputs), InvalidConfigError);
    await assert.rejects(runStep(cluster, { of: ['hog'] }, inputs), InvalidDataError);
    await assert.rejects(runStep(cluster, { clusters: [2], of: ['told'] }, { ...inputs, 'x:told': [encodeNpy(oneHot.subarray(10), [ROWS - 1, 10])] }), InvalidDataError);
  });
});
