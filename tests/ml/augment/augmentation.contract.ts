import assert from 'node:assert/strict';
import type { Augmentation } from '../../../ml/augment/augmentation.js';
import { augmentRows } from '../../../ml/augment/augment-rows.js';
import { parsePipelineDocument } from '../../../ml/augment/pipeline-document.js';
import type { Matrix } from '../../../ml/matrix.js';
import { mnistSubset } from '../../support/digits.js';

/** What every augmentation owes its callers. */
export function testAugmentationContract({ kind, parameters, identity }: Augmentation): void {
  const { x } = mnistSubset({ split: 'test', from: 0, to: 20 });
  const augmented = (seed: number, set: object = {}, beyondSafeLimits = false, images: Matrix<Uint8Array> = x): Uint8Array => (
    augmentRows(images, parsePipelineDocument({ version: 1, beyondSafeLimits, steps: [{ kind, parameters: set }] }), seed, { copies: 2 }).data
  );

  describe(`the augmentation ${kind}`, () => {
    it('gives the same images for the same seed', () => {
      assert.deepEqual(augmented(7), augmented(7));
    });

    it('changes the images, and differently for another seed, row and copy where it draws at all', () => {
      assert.notDeepEqual(augmented(1).filter((_, i) => i % 1568 < 784), x.data);
      if (kind === 'clahe') return; // draws nothing
      assert.notDeepEqual(augmented(1), augmented(2));
      const same = { rows: 2, columns: 784, data: Uint8Array.from({ length: 1568 }, (_, i) => 1 + (((i % 784) * 7919) % 251)) }; // nowhere blank
      const copies = augmented(1, {}, false, same);
      const distinct = new Set([0, 1, 2, 3].map((i) => copies.subarray(i * 784, (i + 1) * 784).join()));
      assert.equal(distinct.size, 4);
    });

    it('leaves the input as it was', () => {
      const before = x.data.slice();
      augmented(3);
      assert.deepEqual(x.data, before);
    });

    it('gives the images back bit for bit at strength zero', () => {
      const doubled = x.data.length * 2;
      const same = augmented(5, identity);
      assert.equal(same.length, doubled);
      for (let i = 0; i < doubled; i++) {
        const [image, pixel] = [Math.floor(i / 1568), i % 784];
        if (same[i] !== x.data[image * 784 + pixel]) assert.fail(`image ${image}, pixel ${pixel}: ${same[i]}, was ${x.data[image * 784 + pixel]}`);
      }
    });

    it('stays in its range for blank, full and noisy images of every size at the ends of what is possible', () => {
      for (const side of [1, 5, 27, 28, 32]) {
        const area = side * side;
        const data = Uint8Array.from({ length: 3 * area }, (_, i) => (i < area ? 0 : i < 2 * area ? 255 : (i * 7919) % 256));
        for (const end of [0, 1] as const) {
          const ends = Object.fromEntries(Object.entries(parameters).map(([name, { possible }]) => [name, possible[end]]));
          if ('grid' in ends) ends['grid'] = Math.min(ends['grid'] ?? 1, side);
          const out = augmented(end, ends, true, { rows: 3, columns: area, data });
          assert.equal(out.length, 6 * area);
          if (kind !== 'noise' && kind !== 'brightness') assert.ok(out.subarray(0, 2 * area).every((value) => value === out[0]), 'a blank image gets no strokes');
        }
      }
    });

    it('has defaults and a strength of zero within its safe range, and that within the possible one', () => {
      for (const [name, { default: value, safe, possible, because, whole }] of Object.entries(parameters)) {
        for (const each of [value, identity[name] ?? value]) assert.ok(each >= safe[0] && each <= safe[1] && (!whole || Number.isInteger(each)), name);
        assert.ok(safe[0] >= possible[0] && safe[1] <= possible[1], name);
        assert.ok(because.length > 10);
      }
    });
  });
}
