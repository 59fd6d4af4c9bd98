import assert from 'node:assert/strict';
import { diversitySection } from '../../../ml/reports/diversity-section.js';
import type { Diversity } from '../../../shared/analysis/diversity.js';

const diversity: Diversity = {
  kind: 'diversity', rows: 10_000, method: 'greedy', logLoss: 0.03125,
  bases: [
    { name: 'svm', accuracy: 0.9912, logLoss: 0.0311, adds: 0.00512 },
    { name: 'forest', accuracy: 0.9776, logLoss: 0.0923, adds: 0.0001 },
    { name: 'bayes', accuracy: 0.9213, logLoss: 0.4, adds: -0.00023 },
  ],
  pairs: [
    { a: 'svm', b: 'forest', q: 0.87, correlation: 0.31, disagreement: 0.0212, doubleFault: 0.0041 },
    { a: 'svm', b: 'bayes', q: null, correlation: 0.12, disagreement: 0.0756, doubleFault: 0.0033 },
    { a: 'forest', b: 'bayes', q: -0.11, correlation: 0.2, disagreement: 0.06, doubleFault: 0.0123 },
  ],
};

describe('the report on what models have in common', () => {
  const { markup } = diversitySection(diversity);

  it('names the pair that shares the fewest errors, who is missed most, and who does harm', () => {
    assert.match(markup, /<b>svm<\/b> and <b>bayes<\/b> share the fewest errors: both are wrong on\s+0\.33.%/);
    assert.match(markup, /Without <b>svm<\/b> the ensemble loses most/);
    assert.match(markup, /better off without bayes\./);
  });

  it('ranks the models by what they add, with the sign', () => {
    assert.match(markup, /<th>svm<\/th><td>99\.12.%<\/td><td>0\.0311<\/td>\s*<td>\+0\.00512<\/td><td>bayes<small>correlation 0\.12/);
    assert.match(markup, /<th>bayes<\/th>[^]*?<td>−0\.00023<\/td>/);
    assert.match(markup, /greedy, 0\.03125 with all of them/);
  });

  it('shows every pair in three maps, and a dash where nothing can be said', () => {
    assert.equal(markup.match(/<svg/g)?.length, 3);
    for (const figure of ['>0.87<', '>-0.11<', '>–<', '>2.12<', '>7.56<', '>0.41<', '>1.23<']) assert.ok(markup.includes(figure), figure);
  });

  it('says of two models that neither can be left out', () => {
    const two: Diversity = { ...diversity, bases: diversity.bases.slice(0, 2).map((base) => ({ ...base, adds: null })), pairs: diversity.pairs.slice(0, 1) };
    assert.match(diversitySection(two).markup, /<td class="none">–<\/td>/);
    assert.doesNotMatch(diversitySection(two).markup, /loses most|better off/);
  });
});
