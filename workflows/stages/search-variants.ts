import type { CompressionSearchConfig, SearchedPlan } from '../../shared/compression.js';
import type { SearchFrontSummary } from '../../shared/contracts/compression.js';
import type { StepResult } from '../../shared/step.js';
import { variantGrid } from '../../shared/variant-grid.js';
import type { NamedPlan } from '../../shared/variant-grid.js';
import type { Candidate } from '../candidate.js';
import { recordVariant, trainVariant } from '../compress-network.js';
import type { PlannedVariant, TrainedVariant } from '../compress-network.js';
import { fanOut } from '../fan-out.js';
import { cpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** What a search's plans are made of. */
type Given = Pick<PlannedVariant, 'models' | 'folded'>;

/** Plans after the first pass, and those of them that are worth training in full. */
export interface TriedPlans {
  readonly first: readonly SearchedPlan[];
  readonly front: readonly NamedPlan[];
}

/** Steps of the first pass: its plans, and their front. */
export function triedSteps(search: CompressionSearchConfig): number {
  return variantGrid(search).length + 1;
}

/** Trains every plan of the grid for a few epochs. Each is a step like any variant's: a search that is repeated or widened costs what is new. */
export async function tryPlans(run: RunScope, data: RunData, search: CompressionSearchConfig, given: Given): Promise<TriedPlans> {
  const plans = variantGrid(search);
  const first = await fanOut(plans, plans.length, async ({ name, plan }) => figuresOf(name, await trainVariant(run, data, { name, plan: { ...plan, epochs: search.epochs.first }, ...given })));
  const { summary: { front } } = await findFront(run, search, first, []);
  return { first, front: plans.filter(({ name }) => front.includes(name)) };
}

/** Trains the front in full; what comes of it are variants of the run. */
export async function trainFront(run: RunScope, data: RunData, search: CompressionSearchConfig, { first, front }: TriedPlans, given: Given): Promise<Candidate[]> {
  const trained = await fanOut(front, front.length, async ({ name, plan }) => ({ name, variant: await trainVariant(run, data, { name, plan, ...given }) }));
  const { key } = await findFront(run, search, first, trained.map(({ name, variant }) => figuresOf(name, variant)));
  run.status.found('compression-search', key);
  return fanOut(trained, trained.length, ({ name, variant }) => recordVariant(name, variant));
}

function figuresOf(name: string, { result: { summary: { tfliteBytes, codedBytes, multiplyAdds, validationAccuracy } } }: TrainedVariant): SearchedPlan {
  return { name, bytes: tfliteBytes, codedBytes, multiplyAdds, validationAccuracy };
}

async function findFront({ status }: RunScope, { of, epochs }: CompressionSearchConfig, first: readonly SearchedPlan[], full: readonly SearchedPlan[]): Promise<StepResult<SearchFrontSummary>> {
  const summary = full.length > 0 ? `front of ${full.length} plans in full` : `front of ${first.length} plans`;
  return status.count('compress', await cpu.searchFront.executeWithOptions({ summary }, [{ of, epochs, first, full }]));
}
