import type { Json } from './json.js';

/** Pictures of what the networks' answers rest on. They are made after the test labels were read, and feed nothing back. */
export interface ExplainConfig {
  readonly enabled: boolean;
  /** `all` networks of the run, or the names of some. */
  readonly models: 'all' | readonly string[];
  /** Images for each network: so many that it reads rightly, and at most so many of its surest mistakes. */
  readonly images: number;
}

/** The settings of `evaluate.explain`, beside `enabled`, as JSON Schema. */
export const EXPLAIN_SETTINGS: Readonly<Record<string, Json>> = {
  models: {
    anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true }],
    description: '`all` networks of the run, or the names of some.',
  },
  images: { type: 'integer', minimum: 1, maximum: 100, description: 'Images for each network: so many that it reads rightly, and at most so many of its surest mistakes.' },
};
