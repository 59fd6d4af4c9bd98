import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { augmentationImpact } from '../../../ml/evaluation/augmentation-impact.js';
import { impactSection } from '../../../ml/reports/impact-section.js';

const KINDS = ['rotation', 'translation', 'scale', 'shear'];

/** Three seeds of none, rotation (a little better), the pipeline (much better at twice the time), noise (worse); and six times as many images. */
function sectionOf(gain: number, longer = true): ReturnType<DOMParser['parseFromString']> {
  type Figures = Parameters<typeof augmentationImpact>[1][number];
  const way = (name: string, kinds: readonly string[], more: readonly number[], seconds: number, { copies = 0, times = 1 } = {}): Figures => ({
    name, kinds, copies, longer: times, accuracies: [0.981, 0.983, 0.979].map((accuracy, i) => accuracy + gain * (more[i] ?? 0)),
    seconds: [seconds, seconds, seconds], images: [30_000, 30_000, 30_000].map((images) => images * (1 + copies) * times),
  });
  const impact = augmentationImpact({ model: 'cnn', trainRows: 10_000, validationRows: 2_000 }, [
    way('none', [], [0, 0, 0], 8), way('rotation', ['rotation'], [0.001, 0.0012, 0.0011], 10),
    way('section', KINDS, [0.004, 0.0044, 0.0042], 16), way('noise', ['noise'], [-0.002, -0.0021, -0.0019], 9),
    ...(longer ? [
      way('none-longer', [], [0.005, 0.005, 0.005], 48, { times: 6 }), way('section-longer', KINDS, [0.009, 0.0092, 0.0091], 96, { times: 6 }),
      way('expanded', KINDS, [0.0093, 0.0091, 0.0095], 97, { copies: 5 }),
    ] : []),
  ]);
  return new DOMParser().parseFromString(`<main>${impactSection(impact).markup}</main>`, 'text/html');
}

describe('the report on what augmentation is worth', () => {
  const text = (node: { textContent: string | null } | null): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const leads = (page: ReturnType<typeof sectionOf>): string[] => [...page.querySelectorAll('.lead')].map(text);

  it('says in words which to take, what it gains, how sure that is and what it costs', () => {
    const page = sectionOf(1, false);
    assert.deepEqual(leads(page), ['Take rotation + translation + scale + shear: +0.42 pp over none (p < 0.001), 2.0 times its training time. Worse than none: noise.']);
    assert.match(text(page.querySelector('.lead + p')), /"augment": "section"/);
  });

  it('says it anew for those that have seen more images, with the cheaper of two that are alike', () => {
    assert.deepEqual(leads(sectionOf(1)), [
      'With 30,000 images seen, take rotation + translation + scale + shear: +0.42 pp over none (p < 0.001), 2.0 times its training time. Worse than none: noise.',
      'With 180,000 images seen, take rotation + translation + scale + shear, 6 x epochs: +0.41 pp over none (p < 0.001), 2.0 times its training time. '
        + 'The most accurate, expanded, 5 copies (+0.43 pp), is not shown to be better than that.',
    ]);
  });

  it('says that nothing is shown where nothing is', () => {
    const page = sectionOf(0, false);
    assert.deepEqual(leads(page), ['No augmentation is shown to be better than none: none of them was more accurate than none.']);
    assert.match(text(page.querySelector('.lead + p')), /not shown with 3 seeds may be with more/);
  });

  it('has a row for each way, with its kinds, its accuracy, its gain, its time and its images', () => {
    const rows = [...sectionOf(1).querySelectorAll('tbody tr')].map(text);
    assert.equal(rows.length, 7);
    assert.match(rows[0] ?? '', /^none ?98\.100\s%± 0\.200 ?––– ?8s1\.00 ×30,000$/);
    assert.match(rows[6] ?? '', /^expanded, 5 copiesrotation \+ translation \+ scale \+ shear ?99\.030\s%.*\+0\.43\spp± 0\.020 ?< 0\.0013 of 3 ?1m 37s2\.02 ×180,000$/);
    assert.equal(sectionOf(1).querySelectorAll('td.best').length, 2);
    assert.equal(sectionOf(1).querySelectorAll('svg [aria-label="dot"] circle').length, 21);
  });
});
