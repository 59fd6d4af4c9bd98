import assert from 'node:assert/strict';
import { gateVariants } from '../../../../ml/compression/gate/gate-variants.js';
import type { JudgedVariant } from '../../../../ml/compression/gate/gate-variants.js';
import { InvalidDataError } from '../../../../shared/errors.js';

describe('the gate of variants', () => {
  const ROWS = 100;
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 10);
  /** Right on all rows but the first `wrong` ones after row `from`. */
  const wrongOn = (from: number, wrong: number): Uint8Array => labels.map((label, row) => (row >= from && row < from + wrong ? (label + 1) % 10 : label));
  /** Its model is wrong on the last two rows. */
  const variant = (name: string, wrong: number, bytes: number, more: Partial<JudgedVariant> = {}): JudgedVariant => ({ name, of: 'net', bytes, bytesBefore: 1_000, predicted: wrongOn(0, wrong), predictedByModel: wrongOn(98, 2), ...more });

  it('tests each against its model by hand-computed tails of a fair coin', () => {
    const [nine, eight] = gateVariants([variant('nine', 9, 10), variant('eight', 8, 20)], labels, { alpha: 0.05 + 1e-9 });
    // 9 against 2 of 11 tosses: 2 (1 + 11 + 55) / 2^11; 8 against 2 of 10: 2 (1 + 10 + 45) / 2^10
    assert.ok(Math.abs((nine?.pValue ?? NaN) - 134 / 2048) < 1e-12 && Math.abs((eight?.pValue ?? NaN) - 112 / 1024) < 1e-12);
    assert.deepEqual([nine?.onlyModelRight, nine?.onlyVariantRight, nine?.validationAccuracy, nine?.validationAccuracyBefore], [9, 2, 0.91, 0.98]);
    const passed = (alpha: number): boolean[] => gateVariants([variant('nine', 9, 10), variant('eight', 8, 20)], labels, { alpha }).map((one) => one.passed);
    assert.deepEqual([passed(0.05), passed(0.07), passed(0.2)], [[true, true], [false, true], [false, false]]);
    assert.match(gateVariants([variant('nine', 9, 10)], labels, { alpha: 0.07 })[0]?.reasons.join() ?? '', /^less accurate: 9 rows that only net reads, 2 that only it reads \(p = 0\.065, below 0\.07\)$/);
  });

  it('passes one that is significantly better', () => {
    const [better] = gateVariants([variant('better', 0, 10, { predictedByModel: wrongOn(80, 20) })], labels, { alpha: 0.05 });
    assert.ok(better?.passed && better.pValue < 0.05);
  });

  it('refuses what loses more than is allowed, is too large, too slow or was not timed, and says all of it', () => {
    const gate = { alpha: 0.05, mostLost: 0.01, maxBytes: 100, maxMilliseconds: 0.5 };
    const [bad, edge, untimed] = gateVariants([variant('bad', 5, 101, { milliseconds: 0.6 }), variant('edge', 3, 100, { milliseconds: 0.5 }), variant('untimed', 0, 1)], labels, gate);
    assert.deepEqual(bad?.reasons, ['loses 3 points of accuracy, 1 are allowed', 'takes 101 bytes, 100 are allowed', 'takes 0.60 ms an image, 0.5 are allowed']);
    assert.deepEqual([edge?.passed, edge?.reasons], [true, []]);
    assert.deepEqual(untimed?.reasons, ['was not timed']);
  });

  it('refuses what is no smaller than its model', () => {
    const [same, smaller] = gateVariants([variant('same', 0, 1_000), variant('smaller', 0, 999)], labels, { alpha: 0.05 });
    assert.deepEqual([same?.reasons, smaller?.reasons], [['is no smaller than net'], []]);
  });

  it('chooses of each model the smallest that passes, then the more accurate, then the first by name', () => {
    const chosen = (...variants: JudgedVariant[]): string[] => gateVariants(variants, labels, { alpha: 0.07 }).filter((one) => one.chosen).map(({ name }) => name);
    assert.deepEqual(chosen(variant('tiny', 30, 1), variant('a', 2, 50), variant('b', 0, 60), variant('c', 3, 5, { of: 'other' })), ['a', 'c']);
    assert.deepEqual(chosen(variant('b', 2, 50), variant('a', 2, 50), variant('c', 3, 50)), ['a']);
    assert.deepEqual(chosen(variant('z', 1, 50), variant('a', 2, 50)), ['z']);
    assert.deepEqual(chosen(variant('tiny', 30, 1)), []);
  });

  it('refuses predictions of other rows', () => {
    assert.throws(() => gateVariants([variant('a', 0, 1, { predicted: labels.slice(1) })], labels, { alpha: 0.05 }), InvalidDataError);
  });
});
