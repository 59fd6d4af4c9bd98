import assert from 'node:assert/strict';
import { artifactFileName, runArtifacts } from '../../cli/results/run-artifacts.js';
import { MEDIA } from '../../shared/artifact.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { AnalysisManifest } from '../../shared/contracts/analysis.js';
import type { RunResult } from '../../shared/run.js';
import { ref } from '../support/fake-steps.js';

const npz = { ...ref('pca'), mediaType: MEDIA.npz };
const manifest: AnalysisManifest = { kind: 'analysis', found: { reductions: { pca: npz, reductions: { ...ref('json'), mediaType: MEDIA.json } } } };
const result: RunResult = {
  runId: 'run-1', preset: 'smoke', datasetDigest: ref('data').digest, seconds: 1, computedSeconds: 1, cached: false, stages: [],
  models: [{
    name: 'cnn', kind: 'cnn', testAccuracy: 0.99, logLoss: 0.1, ece: 0.1, bytes: 1, parameters: 1, trainingSeconds: 1, cached: false,
    artifacts: { model: { ...ref('model'), mediaType: MEDIA.binary } },
  }],
  report: { ...ref('report'), mediaType: MEDIA.html }, evaluation: { ...ref('evaluation'), mediaType: MEDIA.json },
};
const read = async (wanted: ArtifactRef): Promise<Uint8Array> => {
  assert.equal(wanted.digest, ref('analysis').digest);
  return new TextEncoder().encode(JSON.stringify(manifest));
};

describe('the artifacts of a run', () => {
  it('are those of its models, of its data, and of itself, each with a name for its file', async () => {
    const artifacts = await runArtifacts({ ...result, analysis: ref('analysis') }, read);
    assert.deepEqual(artifacts.map(artifactFileName), ['cnn-model.bin', 'reductions-pca.npz', 'reductions-reductions.json', 'run-evaluation.json', 'run-report.html']);
    assert.equal(artifacts[1]?.digest, npz.digest);
  });

  it('are files of models for other runtimes under their own names; what was refused left none', async () => {
    const file = { kind: 'export', model: 'cnn', format: 'onnx', file: 'cnn.onnx', bytes: 1, size: 1, artifact: { ...ref('onnx'), mediaType: MEDIA.onnx } } as const;
    const all = await runArtifacts({ ...result, exports: [file, { kind: 'export', model: 'cnn', format: 'tfjs', refused: 'layers' }] }, read);
    assert.deepEqual(all.filter(({ role }) => role === 'onnx' || role === 'tfjs').map((artifact) => [artifact.of, artifact.role, artifact.digest, artifactFileName(artifact)]), [['cnn', 'onnx', ref('onnx').digest, 'cnn.onnx']]);
  });

  it('need no manifest where nothing was looked for', async () => {
    const artifacts = await runArtifacts(result, () => assert.fail('nothing is to be read'));
    assert.deepEqual(artifacts.map(({ of }) => of), ['cnn', 'run', 'run']);
  });
});
