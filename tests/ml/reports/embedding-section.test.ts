import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { embeddingPoints } from '../../../ml/embedding/embedding-points.js';
import { createRandom } from '../../../ml/random.js';
import { DIGIT_COLOURS } from '../../../ml/reports/digit-colours.js';
import { embeddingSection } from '../../../ml/reports/embedding-section.js';
import type { Embedding } from '../../../shared/analysis/embedding.js';

function embedding(data: Float32Array, labels: Uint8Array): Embedding {
  const rows = labels.length;
  return {
    kind: 'embedding', method: 'tsne', of: 'pixels', n: rows, parameters: { principalAxes: 50, perplexity: 30, iterations: 750 }, klDivergence: 1.7654,
    trustworthiness: { value: 0.97934, k: 12, rows: 5000 }, neighbourAccuracy: { value: 0.9529, k: 5 }, points: embeddingPoints({ rows, columns: 2, data }, labels),
  };
}

describe('embeddingSection', () => {
  it('draws each image in its digit\'s colour where the map has it, with one scale in both directions', () => {
    const { markup } = embeddingSection(embedding(Float32Array.of(-100, 0, 100, 50, 0, 0), Uint8Array.of(3, 8, 0)));
    const base64 = /data:image\/png;base64,([^"]+)/.exec(markup)?.[1] ?? '';
    const { width, data } = PNG.sync.read(Buffer.from(base64, 'base64'));
    const colourAt = (right: number, down: number): string => {
      const at = 4 * (Math.round(8 + right * (width - 17)) + width * Math.round(8 + down * (width - 17)));
      return data[at + 3] === 0 ? 'clear' : `#${data.subarray(at, at + 3).toString('hex')}`;
    };
    assert.equal(colourAt(0, 0.375), DIGIT_COLOURS[3]);
    assert.equal(colourAt(1, 0.625), DIGIT_COLOURS[8]);
    assert.equal(colourAt(0.5, 0.375), DIGIT_COLOURS[0]);
    assert.equal(colourAt(0.5, 0.625), 'clear');
  });

  it('writes each digit at the median of its images, and none that the map lacks', () => {
    const { markup } = embeddingSection(embedding(Float32Array.of(0, 0, 10, 10, 10, 10, 10, 10, 20, 20, 0, 20), Uint8Array.of(7, 7, 7, 7, 7, 2)));
    const written = [...markup.matchAll(/<text x="(\d+)" y="(\d+)"[^>]*>(\d)</g)].map(([, x, y, digit]) => [digit, x, y]);
    assert.deepEqual(written, [['2', '0', '500'], ['7', '250', '250']]);
  });

  it('names the figures, and is small for 10,000 images', () => {
    const random = createRandom(1);
    const { markup } = embeddingSection(embedding(Float32Array.from({ length: 20000 }, () => 30 * random.normal()), Uint8Array.from({ length: 10000 }, (_, i) => i % 10)));
    for (const text of ['t-SNE map of pixels', '0.9793', '95.29', '1.765', 'perplexity 30, 750 steps', '10,000']) assert.ok(markup.includes(text), text);
    assert.ok(markup.length < 150_000, `${markup.length} characters`);
  });
});
