/** What the doctor found out about one thing. */
export interface Check {
  readonly name: string;
  /** `missing` must be mended before a run can succeed; `note` is good to know. */
  readonly state: 'ok' | 'missing' | 'note';
  /** Version, address or amount. */
  readonly found: string;
  /** Path or origin. */
  readonly where?: string;
  /** How to mend it. */
  readonly remedy?: string;
}
