import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../client/load-config.js';
import { ConfigProblemsError } from '../../client/config-problem.js';
import { storeInitialWeights } from '../../client/store-initial-weights.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { MemoryStore } from '../../storage/memory-store.js';

describe('initial weights in the settings', () => {
  let folder: string;
  before(async () => { folder = await mkdtemp(join(tmpdir(), 'digitloom-weights-')); });
  after(() => rm(folder, { recursive: true }));
  const withWeights = (path: string): ReturnType<typeof loadConfig> => loadConfig({ preset: 'smoke', set: [`train.models.cnn.initialWeights=${JSON.stringify(path)}`] });

  it('become what the store has: a run reads no file of this machine', async () => {
    const path = join(folder, 'cnn.zip');
    await writeFile(path, 'weights');
    const store = new MemoryStore();
    const config = await storeInitialWeights(store, await withWeights(path));
    const { initialWeights } = config.train.models['cnn'] ?? {};
    assert.ok(typeof initialWeights === 'object');
    assert.equal(new TextDecoder().decode(await store.get(initialWeights)), 'weights');
    assert.deepEqual(await storeInitialWeights(store, config), config);
  });

  it('that cannot be read are refused by setting and path', async () => {
    const config = await withWeights(join(folder, 'none.zip'));
    await assert.rejects(storeInitialWeights(new MemoryStore(), config), (error) => error instanceof InvalidConfigError && /train\.models\.cnn\.initialWeights: .*none\.zip.*expected the path of a zip/.test(error.message));
  });

  it('of a model that is no network are refused', async () => {
    const load = loadConfig({ preset: 'smoke', set: ['train.models.knn.initialWeights="a.zip"'] });
    await assert.rejects(load, (error) => error instanceof ConfigProblemsError && /train\.models\.knn\.initialWeights.*a knn has none/.test(error.message));
  });
});
