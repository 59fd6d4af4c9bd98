import type { ModelProgressSignal } from '../shared/contracts/steps.js';
import type { JsonObject } from '../shared/json.js';
import type { StepResult } from '../shared/step.js';
import type { StepManifest } from '../storage/manifest.js';
import type { ManifestReader } from './manifest-reader.js';
import type { StepCall } from './step-call.js';
import type { StepDeps } from './step-deps.js';

/** What the activities of a worker are made of. */
export interface StepActivityDeps extends StepDeps {
  /** Tells a run how far a model is. */
  readonly signalProgress: (workflowId: string, signal: ModelProgressSignal) => Promise<void>;
}

/** What every group of activities works with. */
export interface GroupDeps {
  readonly read: ManifestReader;
  /** What is known of a committed step. @throws NotFoundError when it has no manifest. */
  readonly manifestOf: (key: string) => Promise<StepManifest>;
  readonly run: <S extends JsonObject>(call: StepCall) => Promise<StepResult<S>>;
}
