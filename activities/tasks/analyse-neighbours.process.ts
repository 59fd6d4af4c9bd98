import { borderPairs } from '../../ml/analysis/confusion/border-pairs.js';
import { confusableGroups } from '../../ml/analysis/confusion/confusable-groups.js';
import { confusablePairs } from '../../ml/analysis/confusion/confusable-pairs.js';
import { neighbourVotes } from '../../ml/analysis/confusion/neighbour-votes.js';
import { bestShift } from '../../ml/analysis/duplicates/best-shift.js';
import { exactDuplicates } from '../../ml/analysis/duplicates/exact-duplicates.js';
import { NEAR_DUPLICATE, nearDuplicates } from '../../ml/analysis/duplicates/near-duplicates.js';
import type { NearPair } from '../../ml/analysis/duplicates/near-duplicates.js';
import { neighbourGraphs } from '../../ml/analysis/duplicates/neighbour-graphs.js';
import { searchRecall } from '../../ml/analysis/duplicates/search-recall.js';
import { decodeImageShards } from '../../ml/data/decode-image-shards.js';
import type { Images } from '../../ml/data/decode-images.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { imageBase64 } from '../../ml/data/image-base64.js';
import { confusionMatrix } from '../../ml/evaluation/confusion.js';
import { rowsBetween } from '../../ml/matrix.js';
import { CLASSES } from '../../ml/models/model.js';
import { loadedTensorFlow } from '../../ml/reductions/loaded-tensorflow.js';
import type { DigitPair, NearPairs, NeighbourAnalysis, PicturedDigit } from '../../shared/analysis/neighbour-analysis.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step analyse-neighbours. */
export interface AnalyseNeighboursParams {
  readonly validationRows: number;
  /** k of the neighbour graph. @default 15 */
  readonly neighbours?: number;
  /** Looks at the first training rows only; 0 for all. @default 0 */
  readonly maxRows?: number;
}

const LISTED = 40;
const BORDERS = { pairs: 8, examples: 8 };
const RECALL_SAMPLE = 300;

/**
 * Duplicates within and between train and test, and the classes that touch, from the graph of nearest neighbours. Inputs: `images`,
 * `labels` (train), `testImages`; test labels are not read. Output `neighbours` (JSON, NeighbourAnalysis).
 */
const analyseNeighbours: StepFunction<AnalyseNeighboursParams> = async ({ params, inputs }, hooks) => {
  const { validationRows, neighbours = 15, maxRows = 0 } = params;
  const all = decodeImageShards(inputs['images'], 'images');
  const labels = decodeLabels(inputs['labels']?.[0], all.pixels.rows);
  const rows = maxRows > 0 ? Math.min(maxRows, all.pixels.rows) : all.pixels.rows;
  const train: Images = { ...all, pixels: rowsBetween(all.pixels, 0, rows) };
  const test = decodeImageShards(inputs['testImages'], 'testImages');
  const fitRows = Math.min(rows, all.pixels.rows - validationRows);
  if (!(fitRows >= 2) || !Number.isInteger(neighbours) || neighbours < 1 || neighbours >= rows) {
    throw new InvalidConfigError(
      `analyse-neighbours: ${neighbours} neighbours among ${rows} rows, of which ${fitRows} are before the validation split; expected at least two, and more rows than neighbours.`,
    );
  }
  const progress = (fraction: number, note: string): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction, note });
  };
  progress(0, 'equal images');
  const exact = exactGroups(train, test);
  progress(0.01, 'TensorFlow');
  const { tf, algebra } = await loadedTensorFlow();
  const { graph, testGraph, search, moved } = neighbourGraphs(algebra, train, test, { neighbours, fitRows }, (fraction, note) => progress(0.02 + 0.8 * fraction, note));
  const recall = searchRecall(tf, moved.train.pixels, graph, RECALL_SAMPLE, () => progress(0.84, 'recall of the search'));
  const trainTest = nearDuplicates(moved.test, moved.train, testGraph, () => progress(0.88, 'near-duplicates between train and test'));
  const within = nearDuplicates(moved.train, moved.train, graph, (done) => progress(0.9 + (0.09 * done) / rows, 'near-duplicates within train'));

  const voters = [1, 5].filter((count) => count <= neighbours);
  const trainLabels = labels.subarray(0, rows);
  const confusion = voters.map((count) => {
    const matrix = confusionMatrix(neighbourVotes(graph.indices, graph.k, count, trainLabels), trainLabels, CLASSES);
    return { voters: count, accuracy: matrix.reduce((sum, row, label) => sum + (row[label] ?? 0), 0) / rows, matrix };
  });
  const pairs = confusablePairs(confusion.at(-1)?.matrix ?? []);
  const { merges, groups, rate } = confusableGroups(pairs);
  const digit = pictured(train, test, trainLabels);
  const borders = borderPairs(graph, trainLabels);
  const analysis: NeighbourAnalysis = {
    kind: 'neighbour-analysis', rows: { train: rows, test: test.pixels.rows }, width: train.width, height: train.height, neighbours,
    search: { ...search, sampled: recall.sampled, recallFirst: recall.first, recallAll: recall.all },
    exact,
    near: {
      ...NEAR_DUPLICATE,
      trainTest: listed(trainTest, ({ query, row }) => [digit('test', query), digit('train', row)]),
      train: listed(within, ({ query, row }) => [digit('train', query), digit('train', row)]),
    },
    confusion, pairs, merges, groups, groupRate: rate,
    borders: {
      count: borders.length,
      pairs: pairs.filter(({ rate: confused }) => confused > 0).slice(0, BORDERS.pairs).map(({ classes }) => {
        const own = borders.filter(({ rows: [a, b] }) => trainLabels[a] === classes[0] && trainLabels[b] === classes[1]);
        return { classes, count: own.length, examples: own.slice(0, BORDERS.examples).map(({ rows: [a, b] }) => borderPair(a, b)) };
      }),
    },
  };
  hooks.progress({ fraction: 1 });
  return {
    outputs: { neighbours: jsonArtifact(analysis) },
    summary: {
      exactDuplicates: { train: exact.train.groups, test: exact.test.groups, trainTest: exact.between.groups },
      nearDuplicates: { train: analysis.near.train.count, trainTest: analysis.near.trainTest.count },
      leaveOneOutAccuracy: Object.fromEntries(confusion.map((vote) => [`k${vote.voters}`, vote.accuracy])),
      mostConfusable: pairs.slice(0, 5).map(({ classes }) => classes.join('-')),
      groups: groups.map((group) => group.join('-')),
      borderPairs: borders.length,
      recall: recall.first,
    },
  };

  function borderPair(a: number, b: number): DigitPair {
    const area = train.pixels.columns;
    const { correlation } = bestShift(train.pixels.data, a * area, train.pixels.data, b * area, train.width, train.height);
    return { first: digit('train', a), second: digit('train', b), correlation, relative: 1 };
  }
};

export default analyseNeighbours;

function exactGroups(train: Images, test: Images): NeighbourAnalysis['exact'] {
  const { rows, columns } = train.pixels;
  const both = new Uint8Array((rows + test.pixels.rows) * columns);
  both.set(train.pixels.data);
  both.set(test.pixels.data, rows * columns);
  const groups = exactDuplicates({ rows: rows + test.pixels.rows, columns, data: both }).map((group) => ({
    train: group.filter((row) => row < rows),
    test: group.filter((row) => row >= rows).map((row) => row - rows),
  }));
  const within = (split: 'train' | 'test'): { groups: number; listed: number[][] } => {
    const own = groups.map((group) => group[split]).filter(({ length }) => length > 1);
    return { groups: own.length, listed: own.slice(0, LISTED) };
  };
  const between = groups.filter((group) => group.train.length > 0 && group.test.length > 0);
  return { train: within('train'), test: within('test'), between: { groups: between.length, listed: between.slice(0, LISTED) } };
}

function listed(pairs: readonly NearPair[], digitsOf: (pair: NearPair) => [PicturedDigit, PicturedDigit]): NearPairs {
  const closest = pairs.slice(0, LISTED).map((pair) => {
    const [first, second] = digitsOf(pair);
    return { first, second, correlation: pair.correlation, relative: pair.relative };
  });
  return { count: pairs.filter(({ nearDuplicate }) => nearDuplicate).length, closest };
}

function pictured(train: Images, test: Images, labels: Uint8Array): (split: 'train' | 'test', row: number) => PicturedDigit {
  return (split, row) => {
    const pixels = imageBase64(split === 'train' ? train : test, row);
    return split === 'train' ? { split, row, label: labels[row] ?? 0, pixels } : { split, row, pixels };
  };
}
