import { MEDIA } from '../../shared/artifact.js';
import type { StepArtifact } from '../../shared/step.js';

/** A document as an artifact of JSON. */
export function jsonArtifact(value: unknown): StepArtifact {
  return { bytes: new TextEncoder().encode(JSON.stringify(value)), mediaType: MEDIA.json };
}
