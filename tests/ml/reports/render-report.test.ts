import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import { reportFixture } from './report-fixture.js';

const SECTIONS = ['results', 'accuracy', 'cost', 'paired', 'ensembles', 'compression', 'training', 'importance', 'models', 'stages', 'definitions'];

function parse(page: string) {
  return new DOMParser().parseFromString(page, 'text/html');
}

function idsOf(page: string): string[] {
  return [...parse(page).querySelectorAll('main > section')].map(({ id }) => id);
}

function without(content: ReportContent, names: readonly string[]): ReportContent {
  const { evaluation, result } = content;
  const kept = ({ name }: { readonly name: string }): boolean => !names.includes(name);
  return {
    ...content,
    evaluation: { ...evaluation, models: evaluation.models.filter(kept), paired: evaluation.paired.filter(({ a, b }) => kept({ name: a }) && kept({ name: b })) },
    result: { ...result, models: result.models.filter(kept) },
  };
}

describe('renderReport', () => {
  it('is the same text for the same content, also after other reports', () => {
    const first = renderReport(reportFixture());
    renderReport(without(reportFixture(), ['ensemble']));
    assert.equal(renderReport(reportFixture()), first);
  });

  it('holds every section of a full run, and a menu entry for each', () => {
    const page = renderReport(reportFixture());
    assert.deepEqual(idsOf(page), SECTIONS);
    const links = [...parse(page).querySelectorAll('nav a')].map((link) => link.getAttribute('href'));
    assert.deepEqual(links, SECTIONS.map((id) => `#${id}`));
  });

  it('asks for nothing from outside the file and runs no script', () => {
    const page = renderReport(reportFixture());
    assert.doesNotMatch(page, /<script|<link|@import|https?:\/\/(?!www\.w3\.org)|\bsrc="(?!data:image\/png;base64,)|url\(/);
  });

  it('says first how many digits the ensemble reads, with its interval and the paired test', () => {
    const lead = parse(renderReport(reportFixture())).querySelector('.lead')?.textContent?.replace(/\s+/g, ' ') ?? '';
    assert.match(lead, /^The ensemble reads 9,942 of 10,000 unseen digits correctly: 99\.42\s%/);
    assert.match(lead, /11 fewer errors than the best single model, cnn \(99\.31\s%\); on the same images the difference is within chance \(McNemar p\s=\s0\.071\)/);
  });

  it('lists all models, the most accurate first, with the runtime that was timed', () => {
    const rows = [...parse(renderReport(reportFixture())).querySelectorAll('.results tbody tr')];
    const names = rows.map((row) => row.querySelector('th')?.childNodes[0]?.textContent);
    assert.deepEqual(names, ['ensemble', 'cnn', 'cnn-int8', 'xgboost', 'logistic-regression']);
    assert.match(rows[3]?.textContent ?? '', /xgboost 3\.2\.0.*97\.86.*0\.190\sms.*61,000.*3\.41 MB.*41,200.*38\.4s/s);
  });

  it('shows the images that were mistaken, with both digits and the confidence', () => {
    const first = parse(renderReport(reportFixture())).querySelector('#models article .gallery li');
    assert.match(first?.querySelector('img')?.getAttribute('src') ?? '', /^data:image\/png;base64,iVBORw0KGgo/);
    assert.match(first?.textContent ?? '', /\d → \d\s+100\.0\s%/);
  });

  it('escapes names and notes wherever they stand', () => {
    const evil = '<img src=x onerror=alert(1)>&"\'';
    const content = reportFixture();
    const rename = <T extends { readonly name: string }>(model: T): T => (model.name === 'cnn' ? { ...model, name: evil } : model);
    const page = renderReport({
      ...content,
      evaluation: { ...content.evaluation, models: content.evaluation.models.map(rename) },
      result: { ...content.result, models: content.result.models.map(rename), preset: evil },
      fits: { ...content.fits, [evil]: { ...content.fits['cnn'], importance: [[evil, 1]] } },
    });
    assert.equal([...parse(page).querySelectorAll('[onerror]')].length, 0);
    assert.ok(!page.includes('<img src=x'));
    assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt;&amp;'));
  });

  it('draws the accuracy, the learning rate and the loss of a network by epoch', () => {
    const figures = [...parse(renderReport(reportFixture())).querySelectorAll('#training figure')].filter((figure) => figure.querySelector('figcaption b')?.textContent === 'cnn');
    const captions = figures.map((figure) => figure.querySelector('figcaption')?.textContent?.replace(/\s+/g, ' ').trim());
    assert.deepEqual(captions, [
      'cnn: accuracy by epoch. validation accuracy. Dashed: the epoch that was kept (7).',
      'cnn: learning rate by epoch. learning rate. Dashed: the epoch that was kept (7).',
      'cnn: loss by epoch. training lossvalidation loss. Dashed: the epoch that was kept (7).',
    ]);
    assert.deepEqual(figures.map((figure) => figure.querySelectorAll('circle').length), [8, 8, 16]);
  });

  it('says how fast a network was trained, beneath the time that its fit took', () => {
    const cells = [...parse(renderReport(reportFixture())).querySelectorAll('#results td small')].map((small) => small.textContent);
    assert.equal(cells.filter((text) => text === '5,712 images/s').length, 1);
  });

  it('says where a model was trained and what the run noted of it', () => {
    const content = reportFixture();
    const cnn = { ...content.fits['cnn'], device: 'cpu', note: 'no GPU worker within 30s, trained on the CPU' };
    const page = renderReport({ ...content, fits: { ...content.fits, cnn } });
    assert.match(page, /Trained on cpu: no GPU worker within 30s, trained on the CPU\./);
  });

  it('leaves out what was switched off, and says who is best without an ensemble', () => {
    const content = reportFixture();
    const page = renderReport({ ...without(content, ['ensemble', 'cnn-int8', 'xgboost', 'logistic-regression']), fits: {}, imageAt: () => undefined });
    assert.deepEqual(idsOf(page), ['results', 'accuracy', 'models', 'stages', 'definitions']);
    assert.match(page, /The best model, <b>cnn<\/b>,/);
    assert.doesNotMatch(page, /class="gallery"|NaN|undefined|Infinity/);
  });

  it('stands without any model, latency or error', () => {
    const content = reportFixture();
    const empty = renderReport(without(content, ['ensemble', 'cnn', 'cnn-int8', 'xgboost', 'logistic-regression']));
    assert.match(empty, /No model was evaluated/);
    const [model] = content.evaluation.models;
    assert.ok(model);
    const perfect = { ...model, accuracy: 1, accuracyInterval: [0.9996, 1] as const, logLoss: 0, errors: [], mostConfused: [], confusion: model.confusion.map((row, i) => row.map((_, j) => (i === j ? 1000 : 0))) };
    const page = renderReport({ ...content, evaluation: { ...content.evaluation, models: [perfect], paired: [] }, result: { ...content.result, models: [], stages: [] } });
    assert.deepEqual(idsOf(page), ['results', 'accuracy', 'models', 'definitions']);
    assert.doesNotMatch(page, /NaN|undefined|Infinity/);
  });

  it('colours every confusion once, whatever its size', () => {
    const document = parse(renderReport(reportFixture()));
    const plot = document.querySelector('#models article .plot');
    const counts = [...(plot?.querySelectorAll('[aria-label="text"] text') ?? [])].map((text) => Number(text.textContent?.replace(',', '')));
    assert.equal(counts.reduce((total, count) => total + count, 0), 10_000);
  });
});
