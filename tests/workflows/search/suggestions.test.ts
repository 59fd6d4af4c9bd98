import { strict as assert } from 'node:assert';
import type { JsonObject } from '../../../shared/json.js';
import { suggestions } from '../../../workflows/search/suggestions.js';
import { searchSpace } from '../../support/search-space.js';

const numbers = (sets: readonly JsonObject[], name: string): number[] => sets.map((set) => set[name] as number);
const share = (values: readonly number[], within: (value: number) => boolean): number => values.filter(within).length / values.length;

describe('the values that a search suggests', () => {
  it('are the same for the same seed, others for another, and the first ones do not depend on how many follow', () => {
    const of = (seed: number, trials: number): JsonObject[] => [...suggestions(searchSpace({ seed, trials }))];
    assert.deepEqual(of(7, 20), of(7, 20));
    assert.deepEqual(of(7, 40).slice(0, 20), of(7, 20));
    assert.notDeepEqual(of(8, 20), of(7, 20));
    assert.deepEqual(of(20_261, 3), [
      { learningRate: 0.0109, maxDepth: 2 }, { learningRate: 0.1893, maxDepth: 8 }, { learningRate: 0.3901, maxDepth: 7 },
    ], 'a change of the generator makes every search another one');
  });

  it('fill a uniform range evenly, a logarithmic one by magnitudes, and whole numbers with both ends', () => {
    const sets = [...suggestions(searchSpace({
      trials: 2_000, params: { a: { uniform: [-2, 2] }, b: { logUniform: [1e-4, 1] }, c: { integer: [1, 4] }, d: { integer: [1, 1_000], log: true }, e: { choice: ['x', 'y', 'z'] } },
    }))];
    assert.equal(sets.length, 2_000);
    for (const quarter of [-2, -1, 0, 1]) assert.ok(Math.abs(share(numbers(sets, 'a'), (v) => v >= quarter && v < quarter + 1) - 0.25) < 0.03);
    for (const magnitude of [1e-4, 1e-3, 1e-2, 1e-1]) assert.ok(Math.abs(share(numbers(sets, 'b'), (v) => v >= magnitude && v < 10 * magnitude) - 0.25) < 0.03);
    for (const whole of [1, 2, 3, 4]) assert.ok(Math.abs(share(numbers(sets, 'c'), (v) => v === whole) - 0.25) < 0.03);
    assert.ok(Math.abs(share(numbers(sets, 'd'), (v) => v < 32) - 0.5) < 0.03);
    assert.ok(numbers(sets, 'd').every((v) => Number.isInteger(v) && v >= 1 && v <= 1_000));
    for (const choice of ['x', 'y', 'z']) assert.ok(Math.abs(sets.filter(({ e }) => e === choice).length / 2_000 - 1 / 3) < 0.04);
  });

  it('have four significant digits and stay within their range', () => {
    const values = numbers([...suggestions(searchSpace({ trials: 500, params: { a: { uniform: [0.123456, 0.123999] } } }))], 'a');
    assert.ok(values.every((value) => value >= 0.123456 && value <= 0.123999));
    assert.equal(values.length, 6, 'two ends, and four numbers with four digits between them');
  });

  it('come once each, and end when a finite space is exhausted', () => {
    const sets = [...suggestions(searchSpace({ trials: 100, params: { a: { choice: [1, 2, 3] }, b: { integer: [1, 2] } } }))];
    assert.equal(sets.length, 6);
    assert.equal(new Set(sets.map((set) => JSON.stringify(set))).size, 6);
  });

  it('of a grid are every combination, the last hyper-parameter changing fastest', () => {
    const grid = [...suggestions(searchSpace({
      strategy: 'grid', trials: 100, params: { a: { choice: ['x', 'y'] }, b: { integer: [1, 2] }, c: { logUniform: [0.01, 1], steps: 3 } },
    }))];
    assert.deepEqual(grid.slice(0, 7), [
      { a: 'x', b: 1, c: 0.01 }, { a: 'x', b: 1, c: 0.1 }, { a: 'x', b: 1, c: 1 }, { a: 'x', b: 2, c: 0.01 }, { a: 'x', b: 2, c: 0.1 }, { a: 'x', b: 2, c: 1 },
      { a: 'y', b: 1, c: 0.01 },
    ]);
    assert.equal(grid.length, 12);
  });

  it('of a grid take steps of a range from end to end, whole numbers each once', () => {
    const of = (params: Parameters<typeof searchSpace>[0]): JsonObject[] => [...suggestions(searchSpace({ strategy: 'grid', trials: 100, ...params }))];
    assert.deepEqual(numbers(of({ params: { a: { uniform: [0, 1], steps: 5 } } }), 'a'), [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual(numbers(of({ params: { a: { integer: [1, 100], steps: 3 } } }), 'a'), [1, 51, 100]);
    assert.deepEqual(numbers(of({ params: { a: { integer: [1, 100], steps: 3, log: true } } }), 'a'), [1, 10, 100]);
    assert.deepEqual(numbers(of({ params: { a: { integer: [1, 3], steps: 50 } } }), 'a'), [1, 2, 3]);
  });
});
