import type { ArtifactRef } from '../shared/artifact.js';
import { InternalError } from '../shared/errors.js';
import type { StepManifest } from '../storage/manifest.js';

/** What a committed step put out in a role. @throws InternalError when it put out no such thing. */
export function outputIn({ label, parts, outputs }: StepManifest, role: string): ArtifactRef {
  const ref = outputs[role];
  if (ref) return ref;
  throw new InternalError(`Step ${parts.step} (${label}) made ${Object.keys(outputs).join(', ') || 'nothing'}, expected an output ${role}.`);
}
