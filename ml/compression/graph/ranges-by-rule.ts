import type { ValueId } from '../../export/network/network-graph.js';
import { activationRange } from '../activation-range.js';
import type { RangeRule } from '../activation-range.js';
import type { ValueHistogram } from '../value-histogram.js';
import type { ValueRanges } from './value-quantization.js';

/** The range of every activation, by a rule, from its values on calibration images. */
export function rangesByRule(histograms: ReadonlyMap<ValueId, ValueHistogram>, rule: RangeRule): ValueRanges {
  return new Map([...histograms].map(([value, histogram]) => [value, activationRange(histogram, rule)]));
}
