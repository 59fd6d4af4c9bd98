const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a duration looks like: `90s`, `30m`, `2h`, `1d`. */
export const DURATION_PATTERN = '^[1-9][0-9]{0,5}[smhd]$';

/** Milliseconds of a duration that fits {@link DURATION_PATTERN}. */
export function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? Number.NaN);
}
