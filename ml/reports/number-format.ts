import prettyBytes from 'pretty-bytes';
import prettyMilliseconds from 'pretty-ms';

const NARROW_SPACE = '\u202f';
const WORD_JOINER = '\u2060';

/** 12345 -> `12,345`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 0.9931 -> `99.31 %`. */
export function formatPercent(fraction: number, digits = 2): string {
  return `${(100 * fraction).toFixed(digits)}${NARROW_SPACE}%`;
}

/** [0.9913, 0.9945] -> `99.13 – 99.45 %`. */
export function formatInterval([low, high]: readonly [number, number]): string {
  return `${(100 * low).toFixed(2)}${NARROW_SPACE}–${WORD_JOINER}${NARROW_SPACE}${formatPercent(high)}`;
}

/** A standard deviation of accuracies, in percentage points: 0.00042 -> `± 0.042`. */
export function formatDeviation(deviation: number): string {
  return `±\u00a0${(100 * deviation).toFixed(3)}`;
}

/** A difference of accuracies, in percentage points: 0.0021 -> `+0.21 pp`. */
export function formatDifference(difference: number): string {
  const points = (100 * Math.abs(difference)).toFixed(2);
  return `${Number(points) === 0 ? '±' : difference < 0 ? '−' : '+'}${points}${NARROW_SPACE}pp`;
}

/** A p-value as papers print it: `0.034`, `< 0.001`. */
export function formatP(p: number): string {
  return p < 0.001 ? '<\u00a00.001' : p.toFixed(3);
}

/** Milliseconds with three figures that matter: `0.112 ms`, `11.2 ms`. */
export function formatMilliseconds(milliseconds: number): string {
  const digits = milliseconds >= 100 ? 0 : milliseconds >= 10 ? 1 : milliseconds >= 1 ? 2 : 3;
  return `${milliseconds.toFixed(digits)}${NARROW_SPACE}ms`;
}

/** 72.3 -> `1m 12.3s`. */
export function formatSeconds(seconds: number): string {
  return prettyMilliseconds(1000 * seconds, { secondsDecimalDigits: 1, millisecondsDecimalDigits: 0 });
}

/** 433120 -> `433 kB`. */
export function formatBytes(bytes: number): string {
  return prettyBytes(bytes);
}

/** A tick's number, as short as it goes: `0.002`, `20`, `1,500`. */
export function formatTick(value: number): string {
  return value >= 1000 ? formatCount(value) : String(Number(value.toPrecision(3)));
}
