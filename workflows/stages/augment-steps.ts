import type { PipelineConfig } from '../../shared/config.js';
import type { IngestSummary } from '../../shared/contracts/steps.js';

/** Steps of the augment section but those of its impact: the sheet, the expanded shards and their index; where nothing is analysed, the index of what was found. */
export function augmentSteps({ analyse }: PipelineConfig, { trainShards }: IngestSummary, copies: number): number {
  return 1 + (copies > 0 ? trainShards + 1 : 0) + (analyse.enabled ? 0 : 1);
}
