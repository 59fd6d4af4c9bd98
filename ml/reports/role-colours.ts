import type { ModelRole } from './reported-model.js';

/** The colour of a role, in every chart. */
export const ROLE_COLOURS: Readonly<Record<ModelRole, string>> = { model: 'var(--blue)', ensemble: 'var(--orange)', variant: 'var(--green)' };
