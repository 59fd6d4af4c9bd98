import assert from 'node:assert/strict';
import report from '../../../activities/tasks/report.task.js';
import { findingSections } from '../../../ml/reports/findings.js';
import type { Finding } from '../../../ml/reports/finding.js';
import { runStep } from '../../support/run-step.js';
import { reportFixture } from './report-fixture.js';
import { smallFindings } from './small-findings.js';

/** Sections in order, and the names under which a run keeps what they show. */
const SECTIONS: readonly (readonly [id: string, kinds: readonly string[]])[] = [
  ['diversity', ['diversity']],
  ['compression-search', ['compression-search']],
  ['explanations', ['explanations']],
  ['data', ['data-description']],
  ['neighbours', ['neighbour-analysis']],
  ['clusters', ['cluster-analysis']],
  ['maps', ['embedding']],
  ['reductions', ['reductions']],
  ['selection', ['feature-selection']],
  ['augmentation', ['augmentation']],
  ['impact', ['augmentation-impact']],
  ['label-errors', ['label-errors']],
  ['label-audit', ['label-audit']],
];
const { evaluation, result, fits, dataset } = reportFixture();

describe('what was found of the data, in the report', function () {
  this.timeout(60_000);
  let roles: Record<string, [Uint8Array]>;
  let findings: Finding[];
  before(async () => {
    roles = await smallFindings();
    findings = Object.values(roles).map(([bytes]) => JSON.parse(new TextDecoder().decode(bytes)) as Finding);
  });
  const shown = (given: readonly Finding[]): string[] => findingSections(given).filter(({ body }) => body !== undefined).map(({ id }) => id);
  const pageOf = async (found: Record<string, readonly Uint8Array[]>): Promise<string> => {
    const evaluated = { evaluation: [new TextEncoder().encode(JSON.stringify(evaluation))] };
    const { outputs } = await runStep(report, { result, fits, dataset }, { ...evaluated, ...found });
    return new TextDecoder().decode(outputs['report']?.bytes);
  };
  const idsOf = (page: string): string[] => [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id as string);

  it('gives every kind its section, in order, whatever the order in which they come', () => {
    const all = SECTIONS.map(([id]) => id);
    assert.deepEqual(shown(findings), all);
    assert.deepEqual(shown([...findings].reverse()), all);
  });

  for (const [id, kinds] of SECTIONS) {
    it(`shows ${id} alone, and leaves it out where it is missing`, () => {
      assert.deepEqual(shown(findings.filter(({ kind }) => kinds.includes(kind))), [id]);
      assert.deepEqual(shown(findings.filter(({ kind }) => !kinds.includes(kind))), SECTIONS.map(([other]) => other).filter((other) => other !== id));
    });
  }

  it('shows nothing where nothing was looked for, and no section for a gate by itself', () => {
    assert.deepEqual(shown([]), []);
    assert.deepEqual(shown(findings.filter(({ kind }) => kind === 'data-check')), []);
  });

  it('puts the gate into the section on the data, and every map into that of the maps', () => {
    const bodyOf = (id: string, given: readonly Finding[]): string => findingSections(given).find((section) => section.id === id)?.body?.markup ?? '';
    assert.match(bodyOf('data', findings), /Validation gate/);
    assert.doesNotMatch(bodyOf('data', findings.filter(({ kind }) => kind !== 'data-check')), /Validation gate/);
    assert.match(bodyOf('maps', findings), /t-SNE map of pixels[\s\S]*UMAP map of pixels/);
  });

  it('reaches the page by its roles, before the stages and after the models', async () => {
    const ids = idsOf(await pageOf(roles));
    const all = SECTIONS.map(([id]) => id);
    const first = ids.indexOf('diversity');
    assert.deepEqual(ids.slice(first, first + all.length), all);
    assert.deepEqual([ids[first - 1], ids[first + all.length]], ['models', 'stages']);
    const without = idsOf(await pageOf({}));
    assert.deepEqual(without, ids.filter((id) => !all.includes(id)));
  });

  it('is the same page in whatever order the roles come', async () => {
    assert.equal(await pageOf(Object.fromEntries(Object.entries(roles).reverse())), await pageOf(roles));
  });

  it('refuses JSON without a kind, and says which', async () => {
    await assert.rejects(pageOf({ 'found:gate:check': [new TextEncoder().encode('{}')] }), { name: 'InvalidDataError', message: /found:gate:check: expected JSON with a kind/ });
  });
});
