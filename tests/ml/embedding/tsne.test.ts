import assert from 'node:assert/strict';
import { affinities } from '../../../ml/embedding/affinities.js';
import { attract } from '../../../ml/embedding/attraction.js';
import { neighbourAccuracy } from '../../../ml/embedding/neighbour-accuracy.js';
import { createRepulsion } from '../../../ml/embedding/repulsion.js';
import { trustworthiness } from '../../../ml/embedding/trustworthiness.js';
import { tsne } from '../../../ml/embedding/tsne.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { nearestNeighbours } from '../../../ml/neighbours/nearest-neighbours.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { clusters } from './clusters.js';

describe('tsne', () => {
  const { x } = clusters(400, 5, 4, 12, 1);

  for (const [rows, name] of [[400, 'pair by pair'], [1000, 'on a grid']] as const) {
    it(`keeps clusters apart that are apart, and neighbours together: ${name}`, () => {
      const { x, labels } = clusters(rows, 5, 4, 12, 1);
      const { map, klDivergence } = tsne(x, { perplexity: 20, iterations: 500 });
      assert.equal(neighbourAccuracy(map, labels), 1);
      assert.ok(trustworthiness(x, map) > 0.95);
      assert.ok(klDivergence > 0 && klDivergence < 1.5, `divergence ${klDivergence}`);
      assert.ok(gap(map.data, labels) > 2, `the clusters' centres are ${gap(map.data, labels)} of their radius apart`);
    });
  }

  it('comes to a lower divergence with more steps', () => {
    const [early, late] = [260, 700].map((iterations) => tsne(x, { perplexity: 20, iterations }).klDivergence) as [number, number];
    assert.ok(late < early - 0.01, `${early} after 260 steps, ${late} after 700`);
  });

  it('gives the same map for the same rows', () => {
    const [one, other] = [tsne(x, { iterations: 60 }), tsne(x, { iterations: 60 })];
    assert.deepEqual(one, other);
    assert.notDeepEqual(one.map.data, tsne(x, { iterations: 61 }).map.data);
  });

  it('goes down the gradient of the divergence', () => {
    const graph = affinities(nearestNeighbours(rowsBetween(x, 0, 100), 60), 20);
    const random = createRandom(3);
    const points = Float64Array.from({ length: 200 }, () => 3 * random.normal());
    const [attraction, repulsion] = [new Float64Array(200), new Float64Array(200)];
    attract(graph, Float32Array.from(points), attraction);
    const normaliser = createRepulsion().repel(points, repulsion);
    const dense = new Float64Array(100 * 100);
    for (let row = 0; row < 100; row++) {
      for (let edge = graph.starts[row] ?? NaN; edge < (graph.starts[row + 1] ?? NaN); edge++) dense[row * 100 + (graph.columns[edge] ?? NaN)] = graph.weights[edge] ?? NaN;
    }
    const step = 1e-4;
    let [squares, wrong] = [0, 0];
    for (let i = 0; i < 200; i++) {
      const [up, down] = [points.slice(), points.slice()];
      up[i] = (up[i] ?? NaN) + step;
      down[i] = (down[i] ?? NaN) - step;
      const slope = (divergence(dense, up) - divergence(dense, down)) / (2 * step);
      squares += slope ** 2;
      wrong += (4 * ((attraction[i] ?? NaN) - (repulsion[i] ?? NaN) / normaliser) - slope) ** 2; // 4: the step length holds it
    }
    assert.ok(Math.sqrt(wrong / squares) < 0.01, `wrong by ${Math.sqrt(wrong / squares)} of its size`);
  });

  it('says how far it has come, and ends when told to', () => {
    const fractions: number[] = [];
    const notes = new Set<string>();
    tsne(x, { iterations: 20, onProgress: (fraction, note) => { fractions.push(fraction); notes.add(note); } });
    assert.ok(notes.has('similarities'));
    assert.ok(fractions.every((fraction, i) => fraction > (fractions[i - 1] ?? 0)));
    assert.equal(fractions.at(-1), 1);
    assert.throws(() => tsne(x, { onProgress: (fraction) => { if (fraction > 0.5) throw new Error('enough'); } }), /enough/);
  });

  it('refuses a perplexity that the rows are too few for, no steps, one column, rows that are all equal, and NaN', () => {
    assert.throws(() => tsne(rowsBetween(x, 0, 90)), (error: Error) => error instanceof InvalidConfigError && /from 1 to 29/.test(error.message));
    for (const perplexity of [0.9, NaN]) assert.throws(() => tsne(x, { perplexity }), InvalidConfigError);
    assert.throws(() => tsne(x, { iterations: 0 }), InvalidConfigError);
    assert.throws(() => tsne({ rows: 400, columns: 1, data: x.data.subarray(0, 400) }), InvalidDataError);
    assert.throws(() => tsne({ ...x, data: x.data.map(() => 1) }), InvalidDataError);
    assert.throws(() => tsne({ ...x, data: x.data.map((value, i) => (i === 1234 ? NaN : value)) }), InvalidDataError);
  });
});

/** The smallest distance between two clusters' centres, in units of the largest root mean square radius. */
function gap(map: Float32Array, labels: Uint8Array): number {
  const members = [0, 1, 2, 3].map((label) => [...labels.keys()].filter((row) => labels[row] === label));
  const mean = (rows: number[], axis: number): number => rows.reduce((sum, row) => sum + (map[2 * row + axis] ?? NaN), 0) / rows.length;
  const centres = members.map((rows) => [mean(rows, 0), mean(rows, 1)] as const);
  const radii = members.map((rows, i) => Math.sqrt(rows.reduce((sum, row) => sum + ((map[2 * row] ?? NaN) - (centres[i]?.[0] ?? NaN)) ** 2 + ((map[2 * row + 1] ?? NaN) - (centres[i]?.[1] ?? NaN)) ** 2, 0) / rows.length));
  const distances = centres.flatMap((a, i) => centres.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1])));
  return Math.min(...distances) / Math.max(...radii);
}

function divergence(p: Float64Array, points: Float64Array): number {
  const n = points.length / 2;
  const q = p.map((_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i === j ? 0 : 1 / (1 + ((points[2 * i] ?? NaN) - (points[2 * j] ?? NaN)) ** 2 + ((points[2 * i + 1] ?? NaN) - (points[2 * j + 1] ?? NaN)) ** 2);
  });
  const total = q.reduce((sum, value) => sum + value, 0);
  return p.reduce((sum, value, at) => (value > 0 ? sum + value * Math.log((value * total) / (q[at] ?? NaN)) : sum), 0);
}
