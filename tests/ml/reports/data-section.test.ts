import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { describeImages } from '../../../ml/analysis/describe/describe-images.js';
import { checkData } from '../../../ml/analysis/gate/check-data.js';
import { collectFacts } from '../../../ml/analysis/gate/data-facts.js';
import { dataSection } from '../../../ml/reports/data-section.js';
import { GATE_DEFAULTS } from '../../../shared/analysis/gate.js';
import { mnistSubset } from '../../support/digits.js';

const of = (split: 'train' | 'test', rows: number) => mnistSubset({ split, from: 0, to: rows });
const [train, test] = [of('train', 900), of('test', 150)];
const images = ({ x }: typeof train) => ({ pixels: x, width: 28, height: 28 });
const { description } = describeImages({ train: images(train), labels: train.labels, test: images(test), validationRows: 150 });
const check = checkData(collectFacts(images(train), train.labels, images(test)), { ...GATE_DEFAULTS, minTrainRows: 901 });

describe('dataSection', () => {
  const { markup } = dataSection(description, check);
  const document = new DOMParser().parseFromString(`<!doctype html><body>${markup}</body>`, 'text/html');
  const texts = (selector: string): string[] => [...document.querySelectorAll(selector)].map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim());

  it('has a row for each digit, train and test, with the counts that there are', () => {
    assert.deepEqual(texts('.data-table tbody th'), ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'train', 'test']);
    const counts = [...document.querySelectorAll('.data-table tbody tr')].map((row) => row.querySelector('td')?.childNodes[0]?.textContent);
    assert.deepEqual(counts, [...description.digits.map(({ digit }) => String(train.labels.filter((label) => label === digit).length)), '900', '150']);
  });

  it('shows mean and variance of ten digits and all, and every example', () => {
    const shown = description.digits.reduce((sum, { best, worst, outliers }) => sum + best.length + worst.length + outliers.length, 0);
    assert.equal(document.querySelectorAll('.pictures > tbody > tr > td > img').length, 22);
    assert.equal(document.querySelectorAll('.strip img').length, shown);
    assert.match(texts('.strip li')[0] ?? '', /^\d\.\d\d$/);
  });

  it('marks the check that failed, and only that', () => {
    assert.equal(texts('td.worst').join(), 'failed');
    assert.match(markup, /1 of \d+ failed/);
  });

  it('stays under 200 KB, asks for nothing from outside and has no number that is none', () => {
    assert.ok(markup.length < 200_000, `${markup.length}`);
    assert.doesNotMatch(markup.replaceAll(/base64,[^"]+/g, 'base64,'), /<script|\bsrc="(?!data:image\/png;base64,)|NaN|undefined|Infinity/);
  });

  it('is the same text for the same content, and stands without a check', () => {
    assert.equal(dataSection(description, check).markup, markup);
    assert.doesNotMatch(dataSection(description).markup, /Validation gate/);
  });
});
