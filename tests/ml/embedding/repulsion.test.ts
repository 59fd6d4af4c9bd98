import assert from 'node:assert/strict';
import { exactRepulsion } from '../../../ml/embedding/exact-repulsion.js';
import { createRepulsion } from '../../../ml/embedding/repulsion.js';
import { createRandom } from '../../../ml/random.js';

describe('createRepulsion', () => {
  const cases = [
    { name: 'crowded on a small grid', spread: 1, force: 0.02, normaliser: 1e-3 },
    { name: 'as at the end of a map', spread: 8, force: 0.01, normaliser: 1e-3 },
    { name: 'thin on a large grid', spread: 25, force: 0.05, normaliser: 1e-2 },
  ];
  for (const { name, spread, force, normaliser } of cases) {
    it(`is near the sum over all pairs: ${name}`, () => {
      const points = cloud(800, spread);
      const forces = new Float64Array(points.length);
      const sum = createRepulsion().repel(points, forces);
      const exact = allPairs(points);
      assert.ok(Math.abs(sum / exact.sum - 1) < normaliser, `Z is ${sum}, exactly ${exact.sum}`);
      const wrong = norm(forces.map((value, i) => value - (exact.forces[i] ?? NaN))) / norm(exact.forces);
      assert.ok(wrong < force, `the forces are wrong by ${wrong} of their size`);
    });
  }

  it('does not depend on where the map lies, nor on what it was asked before', () => {
    const points = cloud(300, 5);
    const { repel } = createRepulsion();
    const [one, other] = [new Float64Array(600), new Float64Array(600)];
    repel(cloud(300, 40), other);
    repel(points, one);
    repel(points.map((value) => value + 4096), other);
    one.forEach((value, i) => assert.ok(Math.abs(value - (other[i] ?? NaN)) < 1e-3, `force ${i}: ${value} and ${other[i]}`));
  });

  it('pushes two points apart, equally', () => {
    const forces = new Float64Array(4);
    const sum = createRepulsion().repel(Float64Array.of(0, 0, 1, 0), forces);
    [-0.25, 0, 0.25, 0].forEach((exact, i) => assert.ok(Math.abs((forces[i] ?? NaN) - exact) < 0.01, `${forces.join(' ')}`));
    assert.ok(Math.abs(sum - 1) < 0.01);
  });

  it('stays right on a map wider than its largest grid', () => {
    const points = cloud(400, 2).map((value, i) => value + (i % 4 < 2 ? 300 : -300));
    const forces = new Float64Array(points.length);
    const sum = createRepulsion().repel(points, forces);
    const exact = allPairs(points);
    assert.ok(Math.abs(sum / exact.sum - 1) < 0.02, `Z is ${sum}, exactly ${exact.sum}`);
    const wrong = norm(forces.map((value, i) => value - (exact.forces[i] ?? NaN))) / norm(exact.forces);
    assert.ok(wrong < 0.1, `the forces are wrong by ${wrong} of their size`);
  });
});

describe('exactRepulsion', () => {
  it('is the sum over all pairs, whatever was in the array of forces', () => {
    const points = cloud(200, 8);
    const forces = new Float64Array(points.length).fill(7);
    const exact = allPairs(points);
    const sum = exactRepulsion.repel(points, forces);
    assert.ok(Math.abs(sum / exact.sum - 1) < 1e-12, `Z is ${sum}, exactly ${exact.sum}`);
    assert.ok(norm(forces.map((value, i) => value - (exact.forces[i] ?? NaN))) < 1e-12 * norm(exact.forces));
  });
});

function cloud(count: number, spread: number): Float64Array {
  const random = createRandom(count);
  return Float64Array.from({ length: 2 * count }, () => spread * random.normal());
}

function allPairs(points: Float64Array): { sum: number; forces: Float64Array } {
  const forces = new Float64Array(points.length);
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    for (let j = 0; j < points.length; j += 2) {
      if (i === j) continue;
      const dx = (points[i] ?? NaN) - (points[j] ?? NaN);
      const dy = (points[i + 1] ?? NaN) - (points[j + 1] ?? NaN);
      const similarity = 1 / (1 + dx * dx + dy * dy);
      sum += similarity;
      forces[i] = (forces[i] ?? NaN) + similarity * similarity * dx;
      forces[i + 1] = (forces[i + 1] ?? NaN) + similarity * similarity * dy;
    }
  }
  return { sum, forces };
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
