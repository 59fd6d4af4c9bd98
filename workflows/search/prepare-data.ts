import type { SearchData, SearchInput } from '../../shared/search.js';
import type { RunScope } from '../run-scope.js';
import { RunStatus } from '../run-status.js';
import { augmentStage } from '../stages/augment.js';
import { featuresStage } from '../stages/features.js';
import { ingestStage } from '../stages/ingest.js';
import type { SearchLog } from './search-log.js';
import type { SearchStatus } from './search-status.js';

const STAGES = ['ingest', 'augment', 'features'];

/** What the trials read, by the stages of a run: the same steps with the same keys, so that a run and a search share them. */
export async function prepareData({ searchId, config, source, space }: SearchInput, status: SearchStatus, log: SearchLog): Promise<SearchData> {
  const run: RunScope = { runId: searchId, config, status: new RunStatus(searchId, config) };
  status.preparing(() => run.status.progress().stages.filter(({ name, state }) => STAGES.includes(name) && state !== 'skipped'));
  const ingested = await ingestStage(run, source);
  const expanded = config.train.models[space.model]?.rows === 'expanded';
  const data = expanded ? await augmentStage(run, ingested) : ingested;
  const features = config.features.enabled ? await featuresStage(run, data) : undefined;
  log.addSteps(run.status.keys());
  return {
    dataset: expanded && data.augmented ? data.augmented : data.dataset,
    ...(features && { features }),
    fitRows: data.summary.trainRows - data.summary.validationRows,
  };
}
