import type { ArtifactRef } from '../../shared/artifact.js';
import type { FeatureHalf } from '../../shared/dataset.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { cpu, records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Shards in the air at once: enough to keep every core of a few machines busy, few enough to keep the history flat. */
export const SHARD_WINDOW = 16;

/** Extracts every family of every shard, and joins the matrices' references into one feature manifest. */
export async function featuresStage({ config, status }: RunScope, { dataset: original, augmented, summary }: RunData): Promise<ArtifactRef> {
  const { families } = config.features;
  const { trainShards, testShards } = summary;
  const models = config.train.enabled ? Object.values(config.train.models) : [];
  const expanded = augmented !== undefined && models.some(({ input, rows }) => typeof input !== 'string' && rows === 'expanded');
  const dataset = expanded ? augmented : original;
  const shards = [...numbered('train', trainShards), ...numbered('test', testShards), ...(expanded ? numbered('augmented', trainShards) : [])];

  return status.stage('features', shards.length + 1, async () => {
    const results = await fanOut(shards, SHARD_WINDOW, async ({ split, shard, of }) => {
      const label = `${shortened(families)} ${split} ${shard + 1}/${of}`;
      const result = await cpu.extractFeatures.executeWithOptions({ summary: label }, [{ dataset, split, shard, families }]);
      return status.count('features', result);
    });
    const keys = (half: FeatureHalf): string[] => results.filter((_, i) => shards[i]?.split === half).map(({ key }) => key);
    const halves = { train: keys('train'), test: keys('test'), augmented: keys('augmented') };
    const index = await records.indexFeatures.executeWithOptions({ summary: `${shards.length} shards` }, [{ families, ...halves, dataset }]);
    return outputOf(status.count('features', index), 'features');
  });
}

interface ShardName {
  readonly split: FeatureHalf;
  readonly shard: number;
  readonly of: number;
}

function numbered(split: FeatureHalf, of: number): ShardName[] {
  return Array.from({ length: of }, (_, shard) => ({ split, shard, of }));
}

/** A summary has 200 bytes of room. */
function shortened(families: readonly string[]): string {
  const all = families.join('+');
  return all.length <= 120 ? all : `${families.length} families`;
}
