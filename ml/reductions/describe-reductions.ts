import type { ComponentPicture, Reductions } from '../../shared/analysis/reductions.js';
import { evenlySpacedRows } from '../data/evenly-spaced-rows.js';
import { accuracy } from '../evaluation/accuracy.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { rounded } from '../rounded.js';
import type { DenseAlgebra } from './algebra.js';
import { transformLda } from './lda.js';
import type { Lda } from './lda.js';
import { nearestMean } from './nearest-mean.js';
import type { Pca } from './pca.js';

const PICTURES = 16;
const POINTS = 1000;
const MIDDLE = 128;

/** What the report shows of a PCA and an LDA of images; the validation rows were in neither fit. */
export function describeReductions(
  pca: Pca, lda: Lda, validation: LabelledMatrix,
  { width, height, variance }: { readonly width: number; readonly height: number; readonly variance: number },
  algebra: DenseAlgebra, working: () => void,
): Reductions {
  const reduced = transformLda(lda, validation.x, algebra, working);
  const means = transformLda(lda, { rows: lda.classes.length, columns: lda.columns, data: Float32Array.from(lda.means) }, algebra, working);
  let cumulative = 0;
  return {
    kind: 'reductions',
    rows: pca.rows,
    columns: pca.columns,
    constantColumns: constantColumns(pca),
    pca: {
      variance,
      components: pca.count,
      cumulative: Array.from(pca.allRatios, (ratio) => rounded((cumulative += ratio))),
      pictures: Array.from({ length: Math.min(PICTURES, pca.count) }, (_, k) => pictureOf(pca, k, width, height)),
    },
    lda: {
      dimensions: lda.dimensions,
      rank: lda.rank,
      explainedRatio: Array.from(lda.explainedVarianceRatio, rounded),
      validationAccuracy: accuracy(nearestMean(reduced, means, lda.classes), validation.labels),
      validationRows: validation.x.rows,
      points: pointsOf(reduced, validation.labels),
    },
  };
}

/** Columns with no loading on any component that has variance: the rank of the data cannot see them. */
function constantColumns({ columns, count, loadings }: Pca): number {
  let constant = 0;
  for (let j = 0; j < columns; j++) {
    let blank = true;
    for (let k = 0; k < count && blank; k++) blank = loadings[k * columns + j] === 0;
    if (blank) constant++;
  }
  return constant;
}

function pictureOf(pca: Pca, component: number, width: number, height: number): ComponentPicture {
  const row = pca.components.subarray(component * pca.columns, (component + 1) * pca.columns);
  const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const pixels = Uint8Array.from(row, (value) => Math.round(MIDDLE + ((MIDDLE - 1) * value) / largest));
  return { width, height, pixels: Buffer.from(pixels).toString('base64'), ratio: rounded(pca.explainedVarianceRatio[component]) };
}

function pointsOf({ rows, columns, data }: Matrix<Float32Array>, labels: Uint8Array): [number, number, number][] {
  return Array.from(evenlySpacedRows(rows, POINTS), (row) => (
    [rounded(data[row * columns]), columns > 1 ? rounded(data[row * columns + 1]) : 0, labels[row]]
  ));
}
