import type { ArtifactRef } from '../../shared/artifact.js';
import type { SplitName } from '../../shared/dataset.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { cpu, records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Shards in the air at once: enough to keep every core of a few machines busy, few enough to keep the history flat. */
export const FEATURE_WINDOW = 16;

/** Extracts every family of every shard, and joins the matrices' references into one feature manifest. */
export async function featuresStage({ config, status }: RunScope, { dataset, summary }: RunData): Promise<ArtifactRef> {
  const { families } = config.features;
  const shards = [...numbered('train', summary.trainShards), ...numbered('test', summary.testShards)];

  return status.stage('features', shards.length + 1, async () => {
    const results = await fanOut(shards, FEATURE_WINDOW, async ({ split, shard, of }) => {
      const label = `${shortened(families)} ${split} ${shard + 1}/${of}`;
      const result = await cpu.extractFeatures.executeWithOptions({ summary: label }, [{ dataset, split, shard, families }]);
      return status.count('features', result);
    });
    const train = results.slice(0, summary.trainShards).map(({ key }) => key);
    const test = results.slice(summary.trainShards).map(({ key }) => key);
    const index = await records.indexFeatures.executeWithOptions({ summary: `${shards.length} shards` }, [{ families, train, test, dataset }]);
    return outputOf(status.count('features', index), 'features');
  });
}

interface ShardName {
  readonly split: SplitName;
  readonly shard: number;
  readonly of: number;
}

function numbered(split: SplitName, of: number): ShardName[] {
  return Array.from({ length: of }, (_, shard) => ({ split, shard, of }));
}

/** A summary has 200 bytes of room. */
function shortened(families: readonly string[]): string {
  const all = families.join('+');
  return all.length <= 120 ? all : `${families.length} families`;
}
