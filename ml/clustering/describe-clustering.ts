import type { Clustering, ClusterScores, Spread } from '../../shared/analysis/cluster-analysis.js';
import { evenlySpacedRows } from '../data/evenly-spaced-rows.js';
import { takeMatrixRows } from '../data/take-matrix-rows.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { clusterMeans } from './cluster-means.js';
import { clusterScores } from './cluster-scores.js';
import { contingency } from './contingency.js';
import { hungarianAccuracy } from './hungarian-accuracy.js';
import type { KMeansRun } from './k-means-run.js';
import { silhouette } from './silhouette.js';

const SAMPLE = 1000; // rows of the silhouette
const SCORES = ['purity', 'nmi', 'ari', 'hungarianAccuracy'] as const;

/**
 * The restart with the lowest inertia (the first of equal ones; labels have no say), compared with the classes, and the spread
 * of all restarts.
 * @param name what was clustered, for people.
 */
export function describeClustering(
  name: string, x: Matrix, runs: readonly KMeansRun[], images: Matrix<Uint8Array>, labels: Uint8Array,
): { readonly clustering: Clustering; readonly best: KMeansRun } {
  const best = runs.reduce((lowest, run) => (run.inertia < lowest.inertia ? run : lowest));
  const clusters = best.centres.rows;
  const tables = runs.map(({ assignment }) => contingency(assignment, labels, clusters, CLASSES));
  const scores = tables.map(clusterScores);
  const table = tables[runs.indexOf(best)];
  return {
    best,
    clustering: {
      of: name, clusters, columns: x.columns, restarts: runs.length,
      ...clusterScores(table),
      inertia: best.inertia, converged: best.converged, objective: best.objective,
      silhouette: sampledSilhouette(x, best.assignment, clusters),
      overRestarts: Object.fromEntries(SCORES.map((score) => [score, spreadOf(scores.map((each) => each[score]))])) as Record<keyof ClusterScores, Spread>,
      table, classOf: hungarianAccuracy(table).classOf,
      means: clusterMeans(images, best.assignment, clusters).map((mean) => Buffer.from(mean).toString('base64')),
    },
  };
}

function spreadOf(values: readonly number[]): Spread {
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, least: Math.min(...values), most: Math.max(...values) };
}

function sampledSilhouette(x: Matrix, assignment: Uint16Array, clusters: number): number {
  const rows = evenlySpacedRows(x.rows, SAMPLE);
  return silhouette(takeMatrixRows(x, rows), Uint16Array.from(rows, (row) => assignment[row]), clusters);
}
