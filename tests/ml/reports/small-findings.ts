import analyseNeighbours from '../../../activities/tasks/analyse-neighbours.process.js';
import auditLabels from '../../../activities/tasks/audit-labels.task.js';
import augmentationImpact from '../../../activities/tasks/augmentation-impact.task.js';
import checkData from '../../../activities/tasks/check-data.task.js';
import cluster from '../../../activities/tasks/cluster.process.js';
import contactSheet from '../../../activities/tasks/contact-sheet.task.js';
import describeData from '../../../activities/tasks/describe-data.task.js';
import diversity from '../../../activities/tasks/diversity.process.js';
import embed from '../../../activities/tasks/embed.process.js';
import explainNetwork from '../../../activities/tasks/explain-network.process.js';
import findLabelErrors from '../../../activities/tasks/find-label-errors.task.js';
import reduce from '../../../activities/tasks/reduce.process.js';
import searchFront from '../../../activities/tasks/search-front.task.js';
import selectFeatures from '../../../activities/tasks/select-features.process.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { extractRows } from '../../../ml/features/extract-rows.js';
import { familyNamed } from '../../../ml/features/registry.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { MEDIA } from '../../../shared/artifact.js';
import type { ImpactFigures } from '../../../shared/analysis/augmentation-impact.js';
import { TRAINING_AUGMENTATION } from '../../../shared/augmentation-documents.js';
import type { StepOutput } from '../../../shared/step.js';
import type { Digits } from '../../support/digits.js';
import { toyDigits } from '../../support/digits.js';
import { madeUpBases } from '../../support/made-up-bases.js';
import { runStep } from '../../support/run-step.js';

const ROWS = 300;
const TEST_ROWS = 100;
const validationRows = 60;

/** What every step finds in a few made-up digits, as it writes it: the JSON by the role that the report gets it under. */
export async function smallFindings(): Promise<Record<string, [Uint8Array]>> {
  const [train, test] = [toyDigits({ rows: ROWS, seed: 8 }), toyDigits({ rows: TEST_ROWS, seed: 9 })];
  const images = [encodeNpy(train.x.data, [ROWS, 28, 28])];
  const labels = [encodeNpy(train.labels, [ROWS])];
  const testImages = [encodeNpy(test.x.data, [TEST_ROWS, 28, 28])];
  const data = { images, labels, testImages };
  const columns = extractRows(train.x, { width: 28, height: 28 }, [familyNamed('zoning')]).map((matrix) => encodeNpy(matrix.data, [matrix.rows, matrix.columns]));
  const validationProba = Object.values(madeUpBases(train.labels.subarray(ROWS - validationRows), { a: 0.9, b: 0.8, c: 0.7 }, 4).probabilities).map((base) => encodeNpy(base.data, [base.rows, base.columns]));
  const rows = [encodeNpy(Int32Array.from({ length: ROWS }, (_, i) => i), [ROWS])];
  const map = (method: 'tsne' | 'umap'): Promise<StepOutput> => runStep(embed, { method, of: 'pixels', images: 80, validationRows, perplexity: 5, iterations: 50 }, data);
  const way = (name: string, accuracies: readonly number[]): ImpactFigures => ({ name, kinds: name === 'none' ? [] : [name], copies: 0, longer: 1, accuracies, seconds: [1, 1.2], images: [300, 300] });
  const steps: Record<string, Promise<StepOutput>> = {
    'augmentation-impact': runStep(augmentationImpact, { model: 'cnn', trainRows: ROWS, validationRows, ways: [way('none', [0.9, 0.91]), way('noise', [0.92, 0.925])] }, {}),
    'compression-search': runStep(searchFront, { of: 'cnn', epochs: { first: 1, full: 2 }, first: [{ name: 'cnn-w4', bytes: 100, codedBytes: 90, multiplyAdds: 10, validationAccuracy: 0.9 }], full: [] }, {}),
    diversity: runStep(diversity, { names: ['a', 'b', 'c'], method: 'log-pool', options: {}, validationRows }, { labels, validationProba }),
    'explain-cnn': smallNetwork().then((model) => runStep(explainNetwork, { network: 'cnn', images: 10 }, { model: [model], testProba: [doubtful(test)], testImages, testLabels: [encodeNpy(test.labels, [TEST_ROWS])] })),
    gate: runStep(checkData, { thresholds: { minTrainRows: 100, minTestRows: 10 } }, data),
    description: runStep(describeData, { validationRows }, data),
    neighbours: runStep(analyseNeighbours, { validationRows, neighbours: 3 }, data),
    clusters: runStep(cluster, { clusters: [10], restarts: 1, of: ['pca'] }, data),
    'map-a': map('tsne'),
    'map-b': map('umap'),
    reductions: runStep(reduce, { validationRows, variance: 0.8, ldaDimensions: 3 }, data),
    selection: runStep(selectFeatures, { families: ['zoning'], validationRows, count: 10, bins: 8, maxCorrelation: 0.95 }, { labels, 'x:zoning': columns }),
    augmentation: runStep(contactSheet, { document: TRAINING_AUGMENTATION, seed: 1, rows: 3 }, data),
    'label-errors': runStep(findLabelErrors, { model: 'cnn', shown: 5 }, { ...data, rows, proba: [doubtful(train)] }),
    'label-audit': runStep(auditLabels, { names: ['cnn'], shown: 5 }, { testImages, testLabels: [encodeNpy(test.labels, [TEST_ROWS])], testProba: [doubtful(test)] }),
  };
  const found = await Promise.all(Object.entries(steps).map(async ([name, step]) =>
    Object.entries((await step).outputs).filter(([, { mediaType }]) => mediaType === MEDIA.json).map(([role, { bytes }]): [string, [Uint8Array]] => [`found:${name}:${role}`, [bytes]])));
  return Object.fromEntries(found.flat());
}

/** An untrained network, whose weights come from a seed. */
async function smallNetwork(): Promise<Uint8Array> {
  const { tf } = await loadTensorFlow();
  const network = cnn.build(tf, 28, { filters: [[4], [8]], hidden: 12, dropout: 0 }, createInitializers(tf, 5));
  const bytes = encodeLayersModel(network, {});
  network.dispose();
  return bytes;
}

/** Sure of every label but the first, which it takes for another digit. */
function doubtful({ labels }: Digits): Uint8Array {
  const proba = new Float32Array(labels.length * 10).fill(0.01);
  labels.forEach((label, row) => { proba[row * 10 + (row === 0 ? (label + 1) % 10 : label)] = 0.91; });
  return encodeNpy(proba, [labels.length, 10]);
}
