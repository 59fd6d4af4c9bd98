import type { Html } from './html.js';

/** A part of the report under a heading; without a body it is left out. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html | undefined;
}
