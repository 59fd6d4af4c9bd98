import type { Json, JsonObject } from '../../shared/json.js';

/** One training curve. */
export interface TrainingSeries {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** The curves of one fit and what its x axis counts. */
export interface TrainingCurves {
  readonly unit: string;
  readonly series: readonly TrainingSeries[];
  /** The step whose state was kept. */
  readonly best?: number;
}

const UNITS = ['epoch', 'round', 'iteration'] as const;

/**
 * Reads a fit summary's `curves`, by name: lists of `{ step, value }`, or lists of numbers that are spread evenly over
 * the steps that were run (`epochs`, `rounds` or `iterations` of the summary), since long lists arrive thinned.
 */
export function trainingSeries(fit: JsonObject): TrainingCurves | undefined {
  const unit = UNITS.find((name) => numberAt(fit, `${name}s`) !== undefined || numberAt(fit, bestKey(name)) !== undefined);
  const steps = unit && numberAt(fit, `${unit}s`);
  const series = Object.entries(asObject(fit['curves']) ?? {}).flatMap(([name, list]) => {
    const points = Array.isArray(list) ? pointsOf(list as readonly Json[], steps) : [];
    return points.length < 2 ? [] : [{ name, points }];
  });
  const best = unit && numberAt(fit, bestKey(unit));
  return series.length === 0 ? undefined : { unit: unit ?? 'step', series, ...(best !== undefined && { best }) };
}

function pointsOf(list: readonly Json[], steps = list.length): { x: number; y: number }[] {
  const stride = list.length > 1 ? (steps - 1) / (list.length - 1) : 1;
  return list.flatMap((entry, index) => {
    if (typeof entry === 'number') return [{ x: 1 + stride * index, y: entry }];
    const point = asObject(entry);
    const [x, y] = [point && numberAt(point, 'step'), point && numberAt(point, 'value')];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
}

function bestKey(unit: string): string {
  return `best${unit.charAt(0).toUpperCase()}${unit.slice(1)}`;
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function numberAt(fit: JsonObject, key: string): number | undefined {
  const value = fit[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
