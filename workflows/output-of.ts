import { ApplicationFailure } from '@temporalio/workflow';
import type { ArtifactRef } from '../shared/artifact.js';
import type { StepResult } from '../shared/step.js';

/** The artifact that a step made in a role. @throws ApplicationFailure (InternalError) when the step made none. */
export function outputOf(result: StepResult, role: string): ArtifactRef {
  const ref = result.outputs[role];
  if (ref) return ref;
  const made = Object.keys(result.outputs).join(', ') || 'nothing';
  throw ApplicationFailure.nonRetryable(`Step ${result.step} made ${made}, expected an output ${role}.`, 'InternalError');
}
