import { ChildWorkflowCancellationType, executeChild, isCancellation, ParentClosePolicy } from '@temporalio/workflow';
import type { ArtifactRef } from '../../shared/artifact.js';
import { augmentationWays } from '../../shared/augmentation-ways.js';
import type { PlannedWay } from '../../shared/augmentation-ways.js';
import type { AugmentationImpactConfig } from '../../shared/config.js';
import type { ComparedWay } from '../../shared/contracts/steps.js';
import { fanOut } from '../fan-out.js';
import { fitSeeds } from '../fit-seeds.js';
import { keepKeys } from '../keep-keys.js';
import { cpu, records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { augmentSteps } from './augment-steps.js';
import { expand } from './augment.js';

/** Ways whose fits are under way at once, each with all of its seeds: enough to keep a fleet busy, few enough for a history. */
const WINDOW = 4;

/**
 * Trains the same network with and without augmentation, behind the run's own trainings in their queue, and finds what each way is worth on the
 * validation rows. Nothing of it changes a model of the run.
 */
export async function impactStage(run: RunScope, data: RunData, impact: AugmentationImpactConfig): Promise<void> {
  const { config: { augment }, status } = run;
  await status.trainingsQueued();
  const ways = augmentationWays(augment, impact);
  const expands = impact.copies > 0 && impact.copies !== augment.copies;
  const total = augmentSteps(run.config, data.summary, augment.copies) + (expands ? data.summary.trainShards + 1 : 0) + ways.length * impact.seeds + 1;
  await status.stage('augment', total, async () => {
    const expanded = expands ? await expand(run, data, impact.copies) : data.augmented;
    const compared = await fanOut(ways, WINDOW, (way) => fitWay(run, (way.copies > 0 && expanded) || data.dataset, way, impact));
    const input = { dataset: data.dataset, model: impact.model.kind, ways: compared };
    const result = await cpu.augmentationImpact.executeWithOptions({ summary: `${ways.length} ways, ${impact.seeds} seeds each` }, [input]);
    status.found('augmentation-impact', status.count('augment', result).key);
  });
}

async function fitWay({ runId, config, status }: RunScope, dataset: ArtifactRef, { model, ...way }: PlannedWay, { seeds }: AugmentationImpactConfig): Promise<ComparedWay> {
  const name = `augmentation ${way.name}`;
  const shownAs = `${name}, ${seeds} seeds`;
  status.model(shownAs, { state: 'running' });
  try {
    const { steps } = await executeChild(fitSeeds, {
      workflowId: `${runId}-impact-${way.name}`,
      staticSummary: `${model.kind} with augmentation ${way.name}, ${seeds} seeds, of ${runId}`,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      args: [{ name, shownAs, dataset, model, seeds, randomState: config.randomState }],
    });
    for (const step of steps) status.count('augment', step);
    status.model(shownAs, { state: 'done', fraction: 1, note: '' });
    return { ...way, fits: await keepKeys(records, steps.map(({ key }) => key)) };
  } catch (error) {
    status.model(shownAs, { state: isCancellation(error) ? 'cancelled' : 'failed' });
    throw error;
  }
}
