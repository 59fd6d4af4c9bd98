import type { ConfidentFigures, LabelCandidate } from './label-candidate.js';

/** A candidate of the audit, with what each model says of it. */
export interface AuditedCandidate extends LabelCandidate {
  /** How many of the models think the suggested digit more probable than the given one. */
  readonly votes: number;
}

/** The `labelAudit` artifact (JSON): test labels that look wrong. Nothing is chosen from it. */
export interface LabelAudit {
  readonly kind: 'label-audit';
  /** The models whose probabilities were averaged, with their weights (which sum to one). */
  readonly models: readonly { readonly name: string; readonly weight: number }[];
  readonly rows: number;
  readonly confident: ConfidentFigures;
  /** Images that the confident joint counts as another digit than their label. */
  readonly found: number;
  /** All images whose label is not the most probable digit, of which `candidates` are the first. */
  readonly ranked: number;
  /** Likeliest errors first. */
  readonly candidates: readonly AuditedCandidate[];
}
