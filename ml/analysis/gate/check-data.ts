import type { DataCheck, GateCheck } from '../../../shared/analysis/data-check.js';
import type { GateThresholds } from '../../../shared/analysis/gate.js';
import { rounded } from '../../rounded.js';
import type { DataFacts, SplitFacts } from './data-facts.js';
import { driftBetween } from './drift.js';

const SPLITS = ['train', 'test'] as const;
/** JSON has no infinity. */
const LARGEST = 1e9;

/** Compares what was found in the data with the limits: every check with its finding, whether it passed or not. */
export function checkData(facts: DataFacts, thresholds: GateThresholds): DataCheck {
  const checks = [...schemaChecks(facts, thresholds), ...SPLITS.flatMap((split) => rangeChecks(split, facts[split], thresholds)), ...trainChecks(facts, thresholds), driftCheck(facts, thresholds)];
  return { kind: 'data-check', passed: checks.every(({ passed }) => passed), checks };
}

type Limit = keyof GateThresholds;
type Words = Pick<GateCheck, 'name' | 'advice' | 'detail'>;

function atLeast(thresholds: GateThresholds, setting: Limit, got: number, words: Words): GateCheck {
  return { ...words, got: rounded(got), expected: `at least ${thresholds[setting]}`, passed: got >= thresholds[setting], setting };
}

function atMost(thresholds: GateThresholds, setting: Limit, got: number, words: Words): GateCheck {
  return { ...words, got: rounded(Math.min(got, LARGEST)), expected: `at most ${thresholds[setting]}`, passed: got <= thresholds[setting], setting };
}

function fixed(got: number, expected: number, words: Words): GateCheck {
  return { ...words, got, expected: String(expected), passed: got === expected };
}

function schemaChecks({ train, test }: DataFacts, thresholds: GateThresholds): GateCheck[] {
  const rows = (name: 'train' | 'test', setting: Limit): GateCheck =>
    atLeast(thresholds, setting, { train, test }[name].rows, { name: `${name} images`, advice: `give more ${name} images, raise ingest.limit.${name} (0 keeps all), or lower analyse.gate.${setting}` });
  const sides = SPLITS.map((name): GateCheck => {
    const { width, height } = { train, test }[name];
    const side = thresholds.side;
    const wanted = side === 0 ? train : { width: side, height: side };
    return {
      name: `${name} image size`, got: width === height ? width : Math.max(width, height), expected: `${wanted.width} x ${wanted.height}`, detail: `${width} x ${height} pixels`,
      passed: width === wanted.width && height === wanted.height, setting: 'side',
      advice: `bring the images to ${wanted.width} x ${wanted.height} pixels${side === 0 ? '' : ', or set analyse.gate.side to 0 to admit any one size'}`,
    };
  });
  return [
    rows('train', 'minTrainRows'), rows('test', 'minTestRows'), ...sides,
    fixed(train.labels, train.rows, { name: 'training labels', advice: 'give exactly one label for each training image, in the same order' }),
    fixed(train.foreignLabels, 0, { name: 'labels outside 0 to 9', advice: 'keep the ten digits only, and number them 0 to 9' }),
  ];
}

function rangeChecks(split: 'train' | 'test', facts: SplitFacts, thresholds: GateThresholds): GateCheck[] {
  const ink = facts.brightness.mean;
  return [
    atMost(thresholds, 'maxBlankShare', facts.blank / Math.max(1, facts.rows), {
      name: `blank ${split} images`, detail: `${facts.blank} of ${facts.rows}`, advice: 'take the blank images out, or raise analyse.gate.maxBlankShare',
    }),
    atLeast(thresholds, 'minMeanInk', ink, { name: `least ink of ${split}`, advice: 'crop the images to the digit, stretch their brightness to 0..255, or lower analyse.gate.minMeanInk' }),
    atMost(thresholds, 'maxMeanInk', ink, { name: `most ink of ${split}`, advice: 'invert the images (bright ink on a dark ground is expected), or raise analyse.gate.maxMeanInk' }),
    atLeast(thresholds, 'minDistinctValues', facts.distinctValues, { name: `levels of ${split}`, advice: 'check that brightness was not cut to too few levels (0..255 is expected), or lower analyse.gate.minDistinctValues' }),
  ];
}

function trainChecks({ train }: DataFacts, thresholds: GateThresholds): GateCheck[] {
  const { digits, rows, duplicates } = train;
  const fewest = Math.min(...digits), most = Math.max(...digits);
  const rarest = digits.flatMap((count, digit) => (count === fewest ? [digit] : []));
  const named = `${rarest.length > 1 ? 'digits' : 'digit'} ${rarest.join(', ')}: ${fewest} of ${train.labels}`;
  return [
    atLeast(thresholds, 'minClassShare', fewest / Math.max(1, train.labels), {
      name: 'share of the rarest digit', detail: named, advice: `add images of ${rarest.join(', ')}, or lower analyse.gate.minClassShare`,
    }),
    atMost(thresholds, 'maxImbalance', most === 0 ? 1 : most / fewest, {
      name: 'imbalance of digits', detail: `${most} of digit ${digits.indexOf(most)}, ${fewest} of digit ${rarest[0]}`,
      advice: 'add images of the rare digits or leave out some of the frequent ones, or raise analyse.gate.maxImbalance',
    }),
    atMost(thresholds, 'maxExactDuplicatesShare', duplicates / Math.max(1, rows), {
      name: 'repeated train images', detail: `${duplicates} of ${rows}`, advice: 'keep one of each set of equal images, or raise analyse.gate.maxExactDuplicatesShare',
    }),
  ];
}

function driftCheck({ train, test }: DataFacts, thresholds: GateThresholds): GateCheck {
  const { measure, size } = driftBetween(train, test);
  return atMost(thresholds, 'maxTrainTestDrift', size, {
    name: 'drift between train and test', detail: `${measure}: ${train[measure].mean.toFixed(3)} in train, ${test[measure].mean.toFixed(3)} in test`,
    advice: 'prepare both splits in the same way (polarity, scaling, threshold), split one source at random, or raise analyse.gate.maxTrainTestDrift',
  });
}
