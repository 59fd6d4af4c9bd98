import assert from 'node:assert/strict';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { ModelConfig } from '../../shared/config.js';
import type { DatasetManifest } from '../../shared/dataset.js';
import type { JsonObject } from '../../shared/json.js';
import { stepKey } from '../../storage/keys.js';
import { writeStepManifest } from '../../storage/manifest.js';
import type { ActivityWorld } from '../support/activity-world.js';
import { activityWorld } from '../support/activity-world.js';

describe('the activities of expanded rows', () => {
  let here: ActivityWorld;
  /** With augmented shards of 10, 6 and 0 images. */
  let augmented: ArtifactRef;
  const document = { version: 1, steps: [] };

  before(async () => {
    here = await activityWorld(4);
    const images = await Promise.all([10, 6, 0].map(async (rows, i) => ({ ref: await here.put(`augmented images ${i}`), rows })));
    augmented = await here.json({ ...here.manifest, augmented: { copies: 2, images } } satisfies DatasetManifest);
  });
  after(() => here.world.close());

  const expand = async (world: ActivityWorld, shard: number, randomState = 5): Promise<JsonObject & { given: JsonObject }> => {
    const result = await world.activities.augmentShard({ dataset: world.dataset, shard, document, copies: 2, randomState });
    assert.equal(result.step, 'augment');
    return { ...(await world.manifestOf(result)).parts.params, given: await world.given(result) };
  };
  /** Commits a step by hand. */
  const committed = async (name: string, number: number, outputs: Record<string, ArtifactRef>, summary: JsonObject): Promise<string> => {
    const parts = { step: name, version: '', params: { number }, inputs: {}, environment: {} };
    const key = stepKey(parts);
    await writeStepManifest(here.world.store, { kind: 'step', key, label: '', parts, outputs, summary, computedSeconds: 1.23456, computedAt: '', attempt: 1, machine: {} });
    return key;
  };

  it('expand the rows before the validation rows alone, wherever the border lies', async () => {
    const shards = async (world: ActivityWorld): Promise<unknown[]> => Promise.all([0, 1, 2].map(async (shard) => {
      const { firstRow, rows } = await expand(world, shard);
      return [firstRow, rows];
    }));
    assert.deepEqual(await shards(here), [[0, 5], [5, 3], [10, 0]]); // 8 rows of shards of 5, 5 and 2
    const late = await activityWorld(1);
    assert.deepEqual(await shards(late), [[0, 5], [5, 5], [10, 1]]);
    await late.world.close();
    const early = await activityWorld(7);
    assert.deepEqual(await shards(early), [[0, 5], [5, 0], [10, 0]]);
    await early.world.close();
  });

  it('draw for all shards from one seed, which comes from the random state and the pipeline', async () => {
    const all = await Promise.all([0, 1, 2].map((shard) => expand(here, shard)));
    assert.deepEqual(all.map(({ given }) => given), [0, 1, 2].map((shard) => ({ images: [`train images ${shard}`] })));
    assert.equal(new Set(all.map(({ seed }) => seed)).size, 1);
    assert.ok(Number.isSafeInteger(all[0]?.['seed']));
    assert.notEqual((await expand(here, 0, 6))['seed'], all[0]?.['seed']);
    assert.deepEqual([all[0]?.['document'], all[0]?.['copies']], [document, 2]);
    await assert.rejects(expand(here, 3), { name: 'InvalidConfigError', message: /3 shards; there is no shard 3/ });
  });

  it('join the expanded shards and keep the data set as it was', async () => {
    const images = await Promise.all([10, 6, 0].map(async (rows, i) => ({ ref: await here.put(`made ${i}`), rows })));
    const keys = await Promise.all(images.map(({ ref, rows }, i) => committed('augment', i, { images: ref }, { rows })));
    const index = await here.activities.indexAugmented({ dataset: here.dataset, copies: 2, keys });
    const made = images.map(({ ref, rows }) => ({ ref: { ...ref, mediaType: MEDIA.npy }, rows }));
    assert.deepEqual(await here.parsed(index.outputs['dataset']), { ...here.manifest, augmented: { copies: 2, images: made } });
    const stray = await committed('evaluate', 9, {}, {});
    await assert.rejects(here.activities.indexAugmented({ dataset: here.dataset, copies: 2, keys: [stray] }), { name: 'InternalError', message: /no augmented shard/ });
  });

  it('put the figures of fits side by side: accuracy, measured seconds, and the images of all epochs', async () => {
    const fits = async (number: number, summary: JsonObject): Promise<ArtifactRef> => here.json({ kind: 'keys', keys: [await committed('fit-cnn', number, {}, summary)] });
    const ways = [
      { name: 'none', kinds: [], copies: 0, longer: 1, fits: [await fits(1, { validationAccuracy: 0.9, epochs: 3 }), await fits(2, { validationAccuracy: 0.8, epochs: 2 })] },
      { name: 'expanded', kinds: ['noise'], copies: 5, longer: 1, fits: [await fits(3, { validationAccuracy: 0.7 })] },
    ];
    const result = await here.activities.augmentationImpact({ dataset: here.dataset, model: 'cnn', ways });
    assert.deepEqual((await here.manifestOf(result)).parts.params, {
      model: 'cnn', trainRows: 8, validationRows: 4,
      ways: [
        { name: 'none', kinds: [], copies: 0, longer: 1, accuracies: [0.9, 0.8], seconds: [1.235, 1.235], images: [24, 16] },
        { name: 'expanded', kinds: ['noise'], copies: 5, longer: 1, accuracies: [0.7], seconds: [1.235], images: [48] },
      ],
    });
    const stray = await fits(4, {});
    await assert.rejects(here.activities.augmentationImpact({ dataset: here.dataset, model: 'cnn', ways: [{ name: 'none', kinds: [], copies: 0, longer: 1, fits: [stray] }] }), { name: 'InternalError', message: /is no fit/ });
  });

  it('extract the features of an expanded shard from that shard alone', async () => {
    const call = { split: 'augmented', shard: 1, families: ['hog'] } as const;
    assert.deepEqual(await here.given(await here.activities.extractFeatures({ ...call, dataset: augmented })), { images: ['augmented images 1'] });
    await assert.rejects(here.activities.extractFeatures({ ...call, dataset: here.dataset }), { name: 'InvalidConfigError', message: /augmented images have 0 shards/ });
  });

  describe('with features of all halves', () => {
    let features: ArtifactRef;
    const model = (input: ModelConfig['input'], rows: ModelConfig['rows']): ModelConfig => ({ kind: 'logistic-regression', input, params: {}, device: 'cpu', rows });
    const fit = async (dataset: ArtifactRef, config: ModelConfig, of = features) =>
      here.given(await here.activities.fitModel({ name: 'm', dataset, features: of, model: config, randomState: 1, progressTo: 'run' }));
    const TRAIN = [0, 1, 2].map((i) => `train hog ${i}`);
    let index: (half: readonly string[]) => Promise<ArtifactRef>;
    let keys: string[];

    before(async () => {
      let number = 100;
      const keysOf = (half: string, shards: readonly number[]): Promise<string[]> => Promise.all(shards.map(async (i) => {
        const own = number++;
        return committed('extract-features', own, { hog: await here.put(`${half} hog ${i}`) }, {});
      }));
      const [train, test] = [await keysOf('train', [0, 1, 2]), await keysOf('test', [0, 1])];
      keys = await keysOf('augmented', [0, 1, 2]);
      index = async (half) => {
        const { outputs } = await here.activities.indexFeatures({ families: ['hog'], train, test, augmented: half, dataset: augmented });
        return outputs['features'] as ArtifactRef;
      };
      features = await index(keys);
    });

    it('index the expanded shards with their rows, and none where none were extracted', async () => {
      type Indexed = { families: { hog: { augmented?: { rows: number }[]; train: { rows: number }[] } } };
      const { families: { hog } } = await here.parsed(features) as Indexed;
      assert.deepEqual([hog.train.map(({ rows }) => rows), hog.augmented?.map(({ rows }) => rows)], [[5, 5, 2], [10, 6, 0]]);
      assert.equal(((await here.parsed(await index([]))) as Indexed).families.hog.augmented, undefined);
      await assert.rejects(index(keys.slice(1)), { name: 'InternalError', message: /2 augmented shards were given; the data set has 3/ });
    });

    it('fit on the expanded rows where the model asks for them, in roles of their own', async () => {
      const labels = ['train labels'];
      assert.deepEqual(await fit(augmented, model(['hog'], 'original')), { 'x:hog': TRAIN, labels });
      assert.deepEqual(await fit(augmented, model(['hog'], 'expanded')), { 'x:hog': TRAIN, labels, 'augmented:x:hog': [0, 1, 2].map((i) => `augmented hog ${i}`) });
      assert.deepEqual(await fit(augmented, model('pixels', 'expanded')), {
        images: [0, 1, 2].map((i) => `train images ${i}`), labels, 'augmented:images': [0, 1, 2].map((i) => `augmented images ${i}`),
      });
    });

    it('refuse expanded rows that nobody made', async () => {
      const refused = { name: 'InvalidConfigError', message: /no augmented images: set augment\.copies/ };
      await assert.rejects(fit(here.dataset, model('pixels', 'expanded')), refused);
      await assert.rejects(fit(augmented, model(['hog'], 'expanded'), await index([])), refused);
    });
  });
});
