import { strict as assert } from 'node:assert';
import { mergeConfig } from '../../client/merge-config.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { JsonObject } from '../../shared/json.js';

describe('settings laid over settings', () => {
  const base = PRESET_CONFIGS.full as unknown as JsonObject;
  const merged = (overrides: JsonObject): typeof PRESET_CONFIGS.full => mergeConfig(base, overrides) as unknown as typeof PRESET_CONFIGS.full;
  const { analyse, augment, train } = PRESET_CONFIGS.full;

  it('null takes a map out, and leaves the others', () => {
    const left = Object.fromEntries(Object.entries(analyse.maps).filter(([name]) => name !== 'pixels-umap'));
    assert.deepEqual(merged({ analyse: { maps: { 'pixels-umap': null } } }), { ...PRESET_CONFIGS.full, analyse: { ...analyse, maps: left } });
  });

  it('a map is merged key by key, and a new one added', () => {
    const of = { method: 'umap', of: 'cnn', images: 100 };
    assert.deepEqual(merged({ analyse: { maps: { pixels: { images: 300 }, mine: of } } }).analyse.maps, { ...analyse.maps, pixels: { ...analyse.maps['pixels'], images: 300 }, mine: of });
  });

  it('null elsewhere is a value like any other, for the check to refuse', () => {
    assert.equal(merged({ analyse: { neighbours: null } }).analyse.neighbours, null);
  });

  it('a pipeline is replaced as a whole, and the rest of its section stays', () => {
    const document = { version: 1, beyondSafeLimits: true };
    assert.deepEqual(merged({ augment: { document } }).augment, { ...augment, document });
  });

  it('lists are replaced', () => {
    assert.deepEqual(merged({ analyse: { clusters: [7] } }).analyse, { ...analyse, clusters: [7] });
  });

  it('a new model has the original rows unless it says otherwise', () => {
    const { models } = merged({ train: { models: { a: { kind: 'cnn', input: 'pixels' }, b: { kind: 'cnn', input: 'pixels', rows: 'expanded' }, xgboost: { rows: 'expanded' } } } }).train;
    assert.deepEqual(models['a'], { kind: 'cnn', input: 'pixels', params: {}, device: 'cpu', rows: 'original' });
    assert.equal(models['b']?.rows, 'expanded');
    assert.deepEqual(models['xgboost'], { ...train.models['xgboost'], rows: 'expanded' });
  });

  it('changes nothing of what it is given', () => {
    const before = structuredClone(base);
    merged({ analyse: { maps: { pixels: null }, clusters: [] }, augment: { document: {} } });
    assert.deepEqual(base, before);
  });
});
