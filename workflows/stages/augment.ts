import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { cpu, records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { SHARD_WINDOW } from './features.js';

/** Expands the training images shard by shard, and shows what the pipeline does. */
export async function augmentStage({ config, status }: RunScope, data: RunData): Promise<RunData> {
  const { augment: { document, copies }, analyse } = config;
  const { dataset, summary: { trainShards } } = data;
  const { randomState } = config;
  const shards = copies > 0 ? Array.from({ length: trainShards }, (_, shard) => shard) : [];

  // The sheet is a finding; where nothing is analysed, its index is counted here.
  const total = 1 + shards.length + (copies > 0 ? 1 : 0) + (analyse.enabled ? 0 : 1);
  return status.stage('augment', total, async () => {
    const sheet = await cpu.analyse.executeWithOptions({ summary: 'contact sheet' }, [
      { step: 'contact-sheet', label: 'contact sheet', params: { document, seed: randomState, rows: 10 }, dataset },
    ]);
    status.found('augmentation', status.count('augment', sheet).key);
    if (copies === 0) return data;
    const results = await fanOut(shards, SHARD_WINDOW, async (shard) => {
      const label = `train ${shard + 1}/${trainShards}: ${copies} copies`;
      return status.count('augment', await cpu.augmentShard.executeWithOptions({ summary: label }, [{ dataset, shard, document, copies, randomState }]));
    });
    const index = await records.indexAugmented.executeWithOptions({ summary: `${trainShards} shards` }, [{ dataset, copies, keys: results.map(({ key }) => key) }]);
    return { ...data, augmented: outputOf(status.count('augment', index), 'dataset') };
  });
}
