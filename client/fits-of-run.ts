import type { JsonObject } from '../shared/json.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { stepsOfRun } from '../storage/run-steps.js';

/** What the fit of one model said of itself: figures on validation rows, curves, importances. */
export interface ModelFit {
  readonly name: string;
  readonly fit: JsonObject;
}

/** The fits of a run's models, in the order of their names. @throws NotFoundError when there is no record of the run. */
export async function fitsOfRun(store: ArtifactStore, runId: string): Promise<ModelFit[]> {
  const steps = await stepsOfRun(store, runId);
  return steps
    .filter(({ parts }) => parts.step.startsWith('fit-'))
    .map(({ label, summary }) => ({ name: label, fit: summary }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
