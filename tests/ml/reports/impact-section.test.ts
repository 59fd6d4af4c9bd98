import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { augmentationImpact } from '../../../ml/evaluation/augmentation-impact.js';
import { impactSection } from '../../../ml/reports/impact-section.js';

const KINDS = ['rotation', 'translation', 'scale', 'shear'];

/** Three seeds of none, rotation (a little better), the pipeline (much better at twice the time) and expanded rows (as good, at six times the time). */
function sectionOf(gain: number): ReturnType<DOMParser['parseFromString']> {
  const way = (name: string, kinds: readonly string[], copies: number, more: readonly number[], seconds: number): Parameters<typeof augmentationImpact>[1][number] => ({
    name, kinds, copies, accuracies: [0.981, 0.983, 0.979].map((accuracy, i) => accuracy + gain * (more[i] ?? 0)), seconds: [seconds, seconds, seconds], images: [30_000, 30_000, 30_000].map((images) => images * (1 + copies)),
  });
  const impact = augmentationImpact({ model: 'cnn', trainRows: 10_000, validationRows: 2_000 }, [
    way('none', [], 0, [0, 0, 0], 8), way('rotation', ['rotation'], 0, [0.001, 0.0012, 0.0011], 10),
    way('section', KINDS, 0, [0.004, 0.0044, 0.0042], 16), way('expanded', KINDS, 5, [0.0043, 0.0041, 0.0045], 48), way('noise', ['noise'], 0, [-0.002, -0.0021, -0.0019], 9),
  ]);
  return new DOMParser().parseFromString(`<main>${impactSection(impact).markup}</main>`, 'text/html');
}

describe('the report on what augmentation is worth', () => {
  const text = (node: { textContent: string | null } | null): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

  it('says in words which to take, what it gains, how sure that is and what it costs', () => {
    const page = sectionOf(1);
    assert.equal(text(page.querySelector('.lead')), 'Take rotation + translation + scale + shear: +0.42 pp over none (p < 0.001), 2.0 times the training time. '
      + 'The most accurate, expanded, 5 copies (+0.43 pp), is not shown to be better than that. Worse than none: noise.');
    assert.match(text(page.querySelector('.lead + p')), /"augment": "section"/);
  });

  it('says that nothing is shown where nothing is', () => {
    const lead = text(sectionOf(-1).querySelector('.lead'));
    assert.match(lead, /^Take noise: \+0\.20 pp/);
    assert.match(text(sectionOf(0).querySelector('.lead')), /^With 3 seeds, no augmentation is shown to be better than none: none of them was more accurate/);
  });

  it('has a row for each way, with its kinds, its accuracy, its gain, its time and its images', () => {
    const rows = [...sectionOf(1).querySelectorAll('tbody tr')].map(text);
    assert.equal(rows.length, 5);
    assert.match(rows[0] ?? '', /^none ?98\.100\s%± 0\.200 ?––– ?8s1\.00 ×30,000$/);
    assert.match(rows[3] ?? '', /^expanded, 5 copiesrotation \+ translation \+ scale \+ shear ?98\.530\s%.*\+0\.43\spp± 0\.0200?< 0\.0013 of 3 ?48s6\.00 ×180,000$/);
    assert.equal(sectionOf(1).querySelectorAll('td.best').length, 1);
    assert.equal(sectionOf(1).querySelectorAll('svg [aria-label="dot"] circle').length, 15);
  });
});
