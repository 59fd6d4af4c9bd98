import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../shared/json.js';
import { deriveSeed, stepKey } from '../../storage/keys.js';
import type { StepKeyParts } from '../../storage/keys.js';

const PARTS: StepKeyParts = {
  step: 'fit-cnn', version: 'a'.repeat(64), params: { options: { epochs: 3, layers: [32, 64] } }, seed: 7,
  inputs: { images: ['1', '2'], labels: ['3'] }, environment: { node: '20', libraries: { koffi: '3.3.4' } },
};
const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const params = fc.dictionary(fc.string(), json, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>;

describe('stepKey', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(params, (value) => {
      assert.equal(stepKey({ ...PARTS, params: reversed(value) as JsonObject }), stepKey({ ...PARTS, params: value }));
    }));
  });

  it('changes with any leaf of the parameters', () => {
    fc.assert(fc.property(params, fc.nat(), (value, pick) => {
      const leaves = paths(value);
      fc.pre(leaves.length > 0);
      const changed = replaced(value, leaves[pick % leaves.length] ?? [], 'another value, not generated');
      assert.notEqual(stepKey({ ...PARTS, params: changed as JsonObject }), stepKey({ ...PARTS, params: value }));
    }));
  });

  it('changes with each part', () => {
    const variants: StepKeyParts[] = [
      PARTS,
      { ...PARTS, step: 'fit-xgboost' },
      { ...PARTS, version: 'b'.repeat(64) },
      { ...PARTS, seed: 8 },
      { ...PARTS, inputs: { ...PARTS.inputs, images: ['2', '1'] } },
      { ...PARTS, inputs: { images: ['1', '2', '3'], labels: [] } },
      { ...PARTS, environment: { node: '20', libraries: { koffi: '3.3.5' } } },
    ];
    assert.equal(new Set(variants.map(stepKey)).size, variants.length);
  });

  it('refuses what JSON cannot hold', () => {
    assert.throws(() => stepKey({ ...PARTS, params: { C: Number.NaN } }), TypeError);
  });

  it('is the digest that it has always been', () => {
    assert.equal(stepKey(PARTS), '7f9d0ec908d1306cc6f8a90b0659d0d1727687d52e669d4030dc415ba84a419c');
  });
});

describe('deriveSeed', () => {
  it('is an unsigned 32-bit integer that moves with its three parts', () => {
    fc.assert(fc.property(fc.integer(), params, (randomState, value) => {
      const seed = deriveSeed(randomState, 'fit-cnn', value);
      assert.ok(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
      assert.equal(deriveSeed(randomState, 'fit-cnn', reversed(value) as JsonObject), seed);
    }));
    const seeds = [deriveSeed(1, 'a', {}), deriveSeed(2, 'a', {}), deriveSeed(1, 'b', {}), deriveSeed(1, 'a', { x: 1 })];
    assert.equal(new Set(seeds).size, 4);
  });
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reversed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, item]) => [name, reversed(item as Json)]));
}

function paths(value: Json): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([name, item]) => paths(item as Json).map((path) => [name, ...path]));
}

function replaced(value: Json, [name, ...rest]: string[], leaf: Json): Json {
  if (name === undefined) return leaf;
  if (Array.isArray(value)) return value.map((item: Json, i) => (String(i) === name ? replaced(item, rest, leaf) : item));
  const object = value as JsonObject;
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, key === name ? replaced(item, rest, leaf) : item]));
}
