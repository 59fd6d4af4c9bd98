import type { ArtifactRef } from '../../shared/artifact.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { cpu, records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { augmentSteps } from './augment-steps.js';
import { SHARD_WINDOW } from './features.js';

/** Expands the training images shard by shard, and shows what the pipeline does. */
export async function augmentStage(run: RunScope, data: RunData): Promise<RunData> {
  const { config: { augment: { document, copies }, randomState }, status } = run;
  return status.stage('augment', augmentSteps(run.config, data.summary, copies), async () => {
    const sheet = await cpu.analyse.executeWithOptions({ summary: 'contact sheet' }, [
      { step: 'contact-sheet', label: 'contact sheet', params: { document, seed: randomState, rows: 10 }, dataset: data.dataset },
    ]);
    status.found('augmentation', status.count('augment', sheet).key);
    return copies === 0 ? data : { ...data, augmented: await expand(run, data, copies) };
  });
}

/** The data set with so many augmented copies of each image that models are fitted on, by the section's pipeline. */
export async function expand({ config, status }: RunScope, { dataset, summary: { trainShards } }: RunData, copies: number): Promise<ArtifactRef> {
  const { augment: { document }, randomState } = config;
  const shards = Array.from({ length: trainShards }, (_, shard) => shard);
  const results = await fanOut(shards, SHARD_WINDOW, async (shard) => {
    const label = `train ${shard + 1}/${trainShards}: ${copies} copies`;
    return status.count('augment', await cpu.augmentShard.executeWithOptions({ summary: label }, [{ dataset, shard, document, copies, randomState }]));
  });
  const index = await records.indexAugmented.executeWithOptions({ summary: `${trainShards} shards` }, [{ dataset, copies, keys: results.map(({ key }) => key) }]);
  return outputOf(status.count('augment', index), 'dataset');
}
