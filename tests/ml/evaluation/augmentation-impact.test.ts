import assert from 'node:assert/strict';
import { augmentationImpact } from '../../../ml/evaluation/augmentation-impact.js';
import type { ImpactFigures } from '../../../shared/analysis/augmentation-impact.js';
import { InvalidDataError } from '../../../shared/errors.js';

const OF = { model: 'cnn', trainRows: 1_000, validationRows: 200 };

/** A way whose accuracies are 0.95, 0.96, 0.94 and the given gains, at so many seconds. */
function way(name: string, gains: readonly number[], seconds: number): ImpactFigures {
  return {
    name, kinds: name.startsWith('none') ? [] : [name], copies: 0, longer: 1, accuracies: gains.map((gain, i) => (([0.95, 0.96, 0.94][i] ?? 0) + gain)), seconds: gains.map((_, i) => seconds + i - 1), images: gains.map(() => 3_000),
  };
}

const NONE = way('none', [0, 0, 0], 10);
const advised = (...ways: readonly ImpactFigures[]): readonly object[] => augmentationImpact(OF, [NONE, ...ways]).advice;

describe('what augmentation is worth', () => {
  it('is the difference to none with the same seed, and the time as a multiple of none\'s', () => {
    const { ways: [none, rotation], seeds, kind } = augmentationImpact(OF, [NONE, way('rotation', [0.01, 0.012, 0.011], 15)]);
    assert.deepEqual([kind, seeds, none?.gain, none?.cost], ['augmentation-impact', 3, undefined, 1]);
    assert.ok(rotation?.gain);
    assert.ok(Math.abs(rotation.gain.difference.mean - 0.011) < 1e-12 && Math.abs(rotation.accuracy.deviation - 0.0105357) < 1e-6, JSON.stringify(rotation));
    assert.ok(rotation.gain.pValue !== null && rotation.gain.pValue < 0.01, 'paired, the seeds\' own spread is no noise');
    assert.deepEqual([rotation.cost, rotation.meanSeconds, rotation.meanImages], [1.5, 15, 3_000]);
  });

  it('advises the cheapest way that is as good as the best', () => {
    assert.deepEqual(advised(way('scale', [0.01, 0.012, 0.011], 12), way('section', [0.0103, 0.0118, 0.0112], 20)), [{ budget: 1, best: 'section', take: 'scale', harmful: [] }]);
    assert.deepEqual(advised(way('scale', [0.01, 0.012, 0.011], 12), way('section', [0.0204, 0.0221, 0.0212], 20)), [{ budget: 1, best: 'section', take: 'section', harmful: [] }]);
  });

  it('advises none where no way is shown to be better, however accurate, and names the harmful ones', () => {
    assert.deepEqual(advised(way('elastic', [0.02, -0.005, 0.004], 30), way('noise', [-0.011, -0.01, -0.012], 11)), [{ budget: 1, best: 'elastic', harmful: ['noise'] }]);
    assert.deepEqual(advised(way('noise', [-0.011, -0.01, -0.012], 11)), [{ budget: 1, best: 'none', harmful: ['noise'] }]);
  });

  it('compares what has seen as many images: expanded rows with as long a training without augmentation', () => {
    const longer = { ...way('none-longer', [0.02, 0.021, 0.02], 60), longer: 6 };
    const expanded = { ...way('expanded', [0.022, 0.0231, 0.0219], 66), copies: 5 };
    const { ways, advice } = augmentationImpact(OF, [NONE, longer, expanded, way('scale', [0.01, 0.012, 0.011], 12)]);
    assert.deepEqual(ways.map(({ name }) => name), ['none', 'scale', 'none-longer', 'expanded']);
    assert.ok(Math.abs((ways[3]?.gain?.difference.mean ?? 0) - 0.002) < 1e-12 && ways[2]?.gain === undefined && ways[3]?.cost === 1.1);
    assert.deepEqual(advice, [{ budget: 1, best: 'scale', take: 'scale', harmful: [] }, { budget: 6, best: 'expanded', take: 'expanded', harmful: [] }]);
    assert.throws(() => augmentationImpact(OF, [NONE, expanded]), InvalidDataError);
  });

  it('is refused without none, with one seed, or with seeds that differ', () => {
    const refused = (...figures: readonly ImpactFigures[]): void => assert.throws(() => augmentationImpact(OF, figures), (error) => error instanceof InvalidDataError && /got .*none first/.test(error.message));
    refused();
    refused(way('rotation', [0, 0], 1), NONE);
    refused(way('none', [0], 1));
    refused(NONE, way('rotation', [0, 0], 1));
    refused(NONE, { ...NONE, name: 'rotation', seconds: [1] });
  });
});
