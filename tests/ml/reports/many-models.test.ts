import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import { reportFixture } from './report-fixture.js';

/** The fixture's models and `more` that look like its CNN, each with more errors than the one before. */
function withModels(more: number): ReportContent {
  const content = reportFixture();
  const { evaluation, result, fits } = content;
  const like = <T extends { readonly name: string }>(models: readonly T[]): T => models.find(({ name }) => name === 'cnn') ?? assert.fail('no cnn');
  const names = Array.from({ length: more }, (_, i) => `network-${i + 1}`);
  const accuracy = (i: number): number => 0.993 - 0.003 * i;
  return {
    ...content,
    evaluation: {
      ...evaluation,
      models: [...evaluation.models, ...names.map((name, i) => ({ ...like(evaluation.models), name, accuracy: accuracy(i), accuracyInterval: [accuracy(i) - 0.002, accuracy(i) + 0.002] as const }))],
      paired: [...names.map((b) => ({ a: 'ensemble', b, onlyACorrect: 20, onlyBCorrect: 4, pValue: 0.01 })).reverse(), ...evaluation.paired],
    },
    result: { ...result, models: [...result.models, ...names.map((name, i) => ({ ...like(result.models), name, bytes: 1_000_000 + 10_000 * i }))] },
    fits: { ...fits, ...Object.fromEntries(names.map((name) => [name, fits['cnn'] ?? {}])) },
  };
}

describe('a report of thirty models', () => {
  const document = new DOMParser().parseFromString(renderReport(withModels(30)), 'text/html');
  const texts = (selector: string): string[] => [...document.querySelectorAll(selector)].map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim());

  it('shows the six most accurate in full and the others behind a line each, none of them left out', () => {
    assert.deepEqual(texts('#models > article > h3'), ['ensemble', 'cnn', 'network-1', 'cnn-int8', 'network-2', 'network-3']);
    const lines = texts('#models > details > summary');
    assert.equal(lines.length, 29);
    assert.match(lines[0] ?? '', /^network-4: 98\.40\s%, 160 errors$/);
    assert.equal(document.querySelectorAll('#models article').length, 35);
  });

  it('opens with the curves of four trainings and keeps the others at hand', () => {
    assert.deepEqual(texts('#training > details > summary'), ['28 more models']);
    const shown = new Set(texts('#training > .grid figcaption b'));
    assert.deepEqual([...shown], ['cnn', 'network-1', 'network-2', 'network-3']);
    assert.ok(texts('#training details figcaption b').includes('network-30'));
  });

  it('gives the accuracies a logarithmic scale of errors, whose ticks are accuracies', () => {
    const figure = document.querySelector('#accuracy figure');
    assert.match(figure?.textContent ?? '', /The scale is logarithmic in the errors/);
    const ticks = [...(figure?.querySelectorAll('[aria-label^="x-axis tick label"] text') ?? [])].map(({ textContent }) => textContent);
    assert.deepEqual(ticks, ['99.5', '99', '98', '95']);
    assert.doesNotMatch(renderReport(reportFixture()), /The scale is logarithmic in the errors/);
  });

  it('names the models that no other beats, keeps the other names off each other, and has all of them under the pointer', () => {
    const plot = document.querySelector('#cost .plot');
    const names = [...(plot?.querySelectorAll('[aria-label="text"] text') ?? [])].map(({ textContent }) => textContent ?? '');
    for (const name of ['logistic-regression', 'cnn-int8', 'ensemble']) assert.ok(names.includes(name), `${name} is not among ${names.join(', ')}`);
    assert.ok(names.length < 35, 'there is no room for all of them');
    assert.equal(plot?.querySelectorAll('[aria-label="dot"] title').length, 35);
  });

  it('compares with the nearest competitor first', () => {
    const pairs = [...document.querySelectorAll('#paired tbody tr')].map((row) => [...row.querySelectorAll('th')].map(({ textContent }) => textContent));
    assert.deepEqual(pairs.slice(0, 4).map(([, b]) => b), ['cnn', 'network-1', 'cnn-int8', 'network-2']);
    assert.equal(pairs.length, 35);
  });

  it('names the runtimes model by model, not in the table', () => {
    assert.ok(!texts('.results.many tbody th').some((text) => text.includes('TensorFlow')));
    assert.match(texts('#models > article > p')[1] ?? '', /Timed with tfjs-node 4\.22\.0 \/ TensorFlow 2\.21\.0\./);
  });
});
