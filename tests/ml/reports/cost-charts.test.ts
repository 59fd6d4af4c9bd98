import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { costCharts } from '../../../ml/reports/cost-charts.js';
import type { ReportContent } from '../../../ml/reports/report-content.js';
import { reportFixture } from './report-fixture.js';

interface Costs {
  readonly errors: number;
  readonly bytes: number;
  readonly p50Ms?: number;
}

/** The fixture's models by these names alone, with these costs. */
function withCosts(costs: Readonly<Record<string, Costs>>): ReportContent {
  const { evaluation, result, ...rest } = reportFixture();
  const evaluated = evaluation.models[0] ?? assert.fail();
  const figures = { kind: 'cnn', testAccuracy: 0.99, logLoss: 0.1, ece: 0.01, parameters: 1, trainingSeconds: 1 };
  return {
    ...rest,
    evaluation: { ...evaluation, models: Object.entries(costs).map(([name, { errors }]) => ({ ...evaluated, name, accuracy: 1 - errors / evaluation.rows })) },
    result: {
      ...result, models: Object.entries(costs).map(([name, { bytes, p50Ms }]) => (
        { ...figures, name, bytes, ...(p50Ms !== undefined && { latency: { runtime: 'onnxruntime 1.30', imagesPerSecond: 1, p99Ms: 2 * p50Ms, p50Ms } }) })),
    },
  };
}

function charts(content: ReportContent) {
  const document = new DOMParser().parseFromString(`<body>${costCharts(content)?.markup ?? ''}</body>`, 'text/html');
  return { document, figures: [...document.querySelectorAll('figure')], note: document.querySelector('.note')?.textContent?.replace(/\s+/g, ' ') ?? '' };
}

/** Names under the pointer, of the pale dots and of those on the front. */
function dots(figure: ReturnType<typeof charts>['figures'][number] | undefined): readonly string[][] {
  return [...(figure?.querySelectorAll('[aria-label="dot"]') ?? [])].map((group) => [...group.querySelectorAll('title')].map(({ textContent }) => textContent?.split('\n')[0] ?? '').sort());
}

const THREE = {
  small: { errors: 90, bytes: 10_000, p50Ms: 0.9 },
  quick: { errors: 80, bytes: 900_000, p50Ms: 0.01 },
  best: { errors: 40, bytes: 800_000, p50Ms: 1.2 },
  beaten: { errors: 95, bytes: 1_000_000, p50Ms: 1.5 },
};

describe('costCharts', () => {
  it('marks on each chart the models that no other beats on both counts, and pales the others', () => {
    const [size, latency] = charts(withCosts(THREE)).figures;
    assert.deepEqual(dots(size), [['beaten', 'quick'], ['best', 'small']]);
    assert.deepEqual(dots(latency), [['beaten', 'small'], ['best', 'quick']]);
  });

  it('draws the front as steps from the cheapest to the most accurate and on to the frame', () => {
    const path = charts(withCosts(THREE)).figures[0]?.querySelector('[aria-label="line"] path')?.getAttribute('d') ?? '';
    const corners = new Set([...path.matchAll(/[\d.]+,[\d.]+/g)].map(([corner]) => corner));
    const points = [...corners].map((corner) => corner.split(',').map(Number) as [number, number]);
    assert.equal(points.length, 4, path);
    for (const [i, [x, y]] of points.slice(1).entries()) {
      const [before, above] = points[i] ?? assert.fail();
      assert.ok((x > before && y === above) || (x === before && y < above), path);
    }
    assert.ok(Math.abs((points[3]?.[0] ?? 0) - 464) < 1, 'the last step ends at the frame');
  });

  it('has accuracies on the upright axis, the better ones above, and sizes with their units', () => {
    const [size] = charts(withCosts(THREE)).figures;
    const ticks = (axis: string): readonly (readonly [string, number])[] => [...(size?.querySelectorAll(`[aria-label="${axis}-axis tick label"] text`) ?? [])]
      .map((tick) => [tick.textContent ?? '', Number(/translate\([\d.]+,([\d.]+)\)/.exec(tick.getAttribute('transform') ?? '')?.[1])] as const);
    const accuracies = ticks('y');
    assert.ok(accuracies.some(([text]) => text === '99.5'), accuracies.join(' '));
    const byPlace = accuracies.toSorted(([, a], [, b]) => a - b).map(([text]) => Number(text));
    assert.deepEqual(byPlace, byPlace.toSorted((a, b) => b - a));
    assert.ok(ticks('x').some(([text]) => text === '100 kB'), ticks('x').join(' '));
  });

  it('shows accuracy, errors, size, time and runtime under the pointer', () => {
    const titles = [...(charts(withCosts(THREE)).figures[0]?.querySelectorAll('title') ?? [])].map(({ textContent }) => textContent ?? '');
    assert.match(titles.find((text) => text.startsWith('small')) ?? '', /^small\n99\.10\s%\scorrect,\s90\serrors\n10\skB\n0\.900\sms\san\simage\s\(p99\s1\.80\sms\)\nonnxruntime 1\.30$/);
  });

  it('names whom none beats on size, time and accuracy together', () => {
    assert.match(charts(withCosts(THREE)).note, /Beaten by none on size, time and accuracy together: best, quick, small\.$/);
  });

  it('draws a model without an error, and sizes alone where nothing was timed', () => {
    const { figures, note, document } = charts(withCosts({ perfect: { errors: 0, bytes: 2_000 }, other: { errors: 30, bytes: 1_000 } }));
    assert.equal(figures.length, 1);
    assert.doesNotMatch(note, /together/);
    assert.doesNotMatch(document.body.innerHTML, /NaN|Infinity|undefined/);
  });

  it('is left out where there is nothing to compare', () => {
    assert.equal(costCharts(withCosts({ alone: { errors: 3, bytes: 1_000, p50Ms: 1 } })), undefined);
  });
});
