import type { SourceFile } from '../../shared/run.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { markDataset } from '../search-attributes.js';

/** Decodes, checks and shards the data. */
export async function ingestStage({ config, status }: RunScope, source: readonly SourceFile[]): Promise<RunData> {
  return status.stage('ingest', 1, async () => {
    const { shardSize, limit } = config.ingest;
    const summary = `${source.length} file${source.length === 1 ? '' : 's'}`;
    const result = status.count('ingest', await cpu.ingest.executeWithOptions({ summary }, [{ source, shardSize, limit }]));
    const dataset = outputOf(result, 'dataset');
    markDataset(dataset.digest);
    return { dataset, summary: result.summary };
  });
}
