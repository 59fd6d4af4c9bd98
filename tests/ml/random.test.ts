import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRandom, deriveSeed, randomFromState } from '../../ml/random.js';

describe('the random generator', () => {
  it('gives the sequence of the reference xoshiro128**', () => {
    const random = randomFromState([1, 2, 3, 4]);
    const reference = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804];
    assert.deepEqual(reference.map(() => random.uint32()), reference);
  });

  it('gives the same sequence for the same seed and another for its neighbour', () => {
    const sequence = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.uint32());
    };
    assert.deepEqual(sequence(42), sequence(42));
    assert.notDeepEqual(sequence(42), sequence(43));
  });

  it('keeps its sequence between releases', () => {
    const random = createRandom(42);
    assert.deepEqual([random.uint32(), random.integer(1000), random.uniform()], [2837322924,897,0.11170196393504739]);
  });

  it('draws uniform and normal numbers with the right mean and spread', () => {
    const random = createRandom(1);
    const moments = (draw: () => number): [number, number] => {
      const values = Array.from({ length: 100_000 }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
    };
    const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 0.02, `${actual} for ${expected}`);
    const [uniformMean, uniformVariance] = moments(() => random.uniform());
    close(uniformMean, 0.5);
    close(uniformVariance, 1 / 12);
    const [normalMean, normalVariance] = moments(() => random.normal());
    close(normalMean, 0);
    close(normalVariance, 1);
  });

  it('draws normal numbers that do not depend on the one before', () => {
    const random = createRandom(2);
    let product = 0;
    for (let i = 0; i < 20_000; i++) product += random.normal() * random.normal();
    assert.ok(Math.abs(product / 20_000) < 0.03, String(product / 20_000));
  });

  it('draws whole numbers below n equally often, also where n does not divide 2^32', () => {
    const random = createRandom(9);
    const counts = new Uint32Array(7);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]! += 1;
    assert.ok(Math.max(...counts) - Math.min(...counts) < 600, String(counts));
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (random.integer(3 * 2 ** 30) < 2 ** 30) low++;
    assert.ok(Math.abs(low / 30_000 - 1 / 3) < 0.02, `${low} of 30000 in the lowest third`);
  });

  it('shuffles into each order equally often', () => {
    const random = createRandom(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(Uint8Array.of(0, 1, 2)).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 6);
    assert.ok([...counts.values()].every((count) => Math.abs(count - 1000) < 150), [...counts].join(' '));
  });

  it('shuffles into a permutation', () => {
    fc.assert(fc.property(fc.nat(60), fc.nat(), (length, seed) => {
      const order = createRandom(seed).shuffle(Uint32Array.from({ length }, (_, i) => i));
      assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length }, (_, i) => i));
    }));
    assert.notDeepEqual([...createRandom(1).shuffle(Uint32Array.from({ length: 20 }, (_, i) => i))], Array.from({ length: 20 }, (_, i) => i));
  });
});

describe('deriveSeed', () => {
  it('gives unsigned 32-bit seeds that differ for near inputs and for the order of parts', () => {
    const seeds = new Set<number>();
    for (let seed = 0; seed < 30; seed++) for (let part = 0; part < 30; part++) seeds.add(deriveSeed(seed, part));
    assert.equal(seeds.size, 900);
    assert.ok([...seeds].every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32));
    assert.notEqual(deriveSeed(1, 2, 3), deriveSeed(1, 3, 2));
  });
});
