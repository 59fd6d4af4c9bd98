import assert from 'node:assert/strict';
import embed from '../../../activities/tasks/embed.process.js';
import type { EmbedParams } from '../../../activities/tasks/embed.process.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { embeddingSection } from '../../../ml/reports/embedding-section.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { Embedding } from '../../../shared/analysis/embedding.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { mnistSubset } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

const { x, labels } = mnistSubset({ split: 'train', from: 0, to: 300 });
const inputs = {
  images: [encodeNpy(x.data.slice(0, 200 * 784), [200, 28, 28]), encodeNpy(x.data.slice(200 * 784), [100, 28, 28])],
  labels: [encodeNpy(labels, [300])],
};
const params: EmbedParams = { method: 'tsne', of: 'pixels', images: 120, validationRows: 100, perplexity: 10, iterations: 300 };

describe('the step embed', () => {
  it('maps images drawn by the seed, names their rows, and says how far to trust the map', async () => {
    const { outputs, summary, progress } = await runStep(embed, params, inputs);
    const embedding = read(outputs['embedding']?.bytes);
    const map = decodeNpy(outputs['map']?.bytes ?? new Uint8Array());
    const rows = decodeNpy(outputs['rows']?.bytes ?? new Uint8Array());
    assert.deepEqual([map.dtype, map.shape, rows.dtype, rows.shape], ['f4', [120, 2], 'i4', [120]]);
    const drawn = Array.from(rows.data, Number);
    assert.equal(new Set(drawn).size, 120);
    assert.ok(drawn.every((row) => row >= 0 && row < 300) && drawn.some((row, i) => row < (drawn[i - 1] ?? 0)));
    assert.deepEqual([embedding.method, embedding.of, embedding.n, embedding.parameters], ['tsne', 'pixels', 120, { principalAxes: 50, perplexity: 10, iterations: 300 }]);
    assert.ok(embedding.neighbourAccuracy.value > 0.6 && embedding.trustworthiness.value > 0.8 && (embedding.klDivergence ?? NaN) > 0, JSON.stringify(summary));
    assert.equal(summary['trustworthiness'], embedding.trustworthiness.value);
    assert.deepEqual([...Buffer.from(embedding.points.labels, 'base64')], drawn.map((row) => labels[row]));
    assert.ok(progress.every(({ fraction }, i) => fraction >= (progress[i - 1]?.fraction ?? 0)) && progress.at(-1)?.fraction === 1);
    assert.match(embeddingSection(embedding).markup, /t-SNE map of pixels[\s\S]*data:image\/png;base64/);
  });

  it('gives the same bytes for the same seed, other images for another', async () => {
    for (const method of ['tsne', 'umap'] as const) {
      const run = async (seed: number): Promise<Uint8Array[]> => Object.values((await runStep(embed, { ...params, method, iterations: 30 }, inputs, { seed })).outputs).map(({ bytes }) => bytes);
      assert.deepEqual(await run(1), await run(1));
      assert.notDeepEqual((await run(1))[1], (await run(2))[1]);
    }
  });

  it('maps what a network has learnt, of validation rows only', async () => {
    const { tf } = await loadTensorFlow();
    const network = cnn.build(tf, 28, { filters: [[4]], hidden: 16, dropout: 0 }, createInitializers(tf, 1));
    const bytes = encodeLayersModel(network, {});
    network.dispose();
    const { outputs } = await runStep(embed, { ...params, of: 'network', method: 'umap', images: 1000, iterations: 50 }, { ...inputs, model: [bytes] });
    const rows = decodeNpy(outputs['rows']?.bytes ?? new Uint8Array()).data;
    assert.deepEqual(Int32Array.from(rows as Int32Array).sort(), Int32Array.from({ length: 100 }, (_, i) => 200 + i));
    const embedding = read(outputs['embedding']?.bytes);
    assert.deepEqual([embedding.of, embedding.parameters], ['network', { principalAxes: 16, neighbours: 15, minDistance: 0.1, epochs: 50 }]);
    assert.match(embeddingSection(embedding).markup, /UMAP map of learnt features/);
  });

  it('stops when the run is cancelled', async () => {
    const reason = new Error('cancelled');
    await assert.rejects(runStep(embed, params, inputs, { signal: AbortSignal.abort(reason) }), reason);
  });

  it('refuses parameters that cannot be honoured, and a map of learnt features without a network', async () => {
    for (const wrong of [{ method: 'pca' }, { of: 'features' }, { images: 0 }, { perplexity: 60 }, { of: 'network', validationRows: 301 }]) {
      await assert.rejects(runStep(embed, { ...params, ...wrong } as EmbedParams, inputs), InvalidConfigError, JSON.stringify(wrong));
    }
    await assert.rejects(runStep(embed, { ...params, of: 'network', perplexity: 5 }, inputs), InvalidDataError);
  });
});

function read(bytes: Uint8Array | undefined): Embedding {
  return JSON.parse(new TextDecoder().decode(bytes)) as Embedding;
}
