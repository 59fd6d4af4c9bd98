import { InvalidModelError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { NpzEntry } from '../data/npz.js';
import type { RowLists } from '../neighbours/row-lists.js';
import type { ByteRows } from './byte-rows.js';
import { CLASSES } from './model.js';
import type { VoteRule } from './neighbour-votes.js';
import { loadProjection } from './projection.js';
import type { Projection } from './projection.js';

/** All that a fitted k-nearest neighbours model is. */
export interface KnnParts {
  readonly projection: Projection;
  /** Projected rows are brought to length 1. */
  readonly cosine: boolean;
  readonly neighbours: number;
  readonly probes: number;
  readonly rows: ByteRows;
  readonly labels: Uint8Array;
  /** Of the approximate index. */
  readonly lists: RowLists | undefined;
  readonly rule: VoteRule;
}

const RULES = ['uniform', 'distance', 'fitted'] as const;

/** The parts as arrays. */
export function knnArrays({ projection, cosine, neighbours, probes, rows, labels, lists, rule }: KnnParts): Readonly<Record<string, NpzEntry>> {
  const { width, floor } = rule.weights === 'fitted' ? rule : { width: 0, floor: 0 };
  return {
    ...projection.arrays(),
    rows: { data: rows.bytes, shape: [rows.rows, rows.columns] },
    offset: { data: rows.offset, shape: [rows.columns] },
    scale: { data: rows.scale, shape: [rows.columns] },
    labels: { data: labels, shape: [rows.rows] },
    settings: { data: Float64Array.of(neighbours, probes, Number(cosine), RULES.indexOf(rule.weights), width, floor), shape: [6] },
    ...(lists && {
      centres: { data: lists.centres.data, shape: [lists.centres.rows, rows.columns] },
      assignment: { data: lists.assignment, shape: [rows.rows] },
    }),
  };
}

/** The parts that `knnArrays` wrote. @throws InvalidModelError when they are not such parts or do not fit together. */
export function readKnn(arrays: Readonly<Record<string, NpyArray | undefined>>): KnnParts {
  const { rows, offset, scale, labels, settings } = arrays;
  const known = rows?.data instanceof Uint8Array && offset?.data instanceof Float32Array && scale?.data instanceof Float32Array &&
    labels?.data instanceof Uint8Array && settings?.data instanceof Float64Array && rows.shape.length === 2 && settings.data.length === 6;
  if (!known) throw new InvalidModelError(`Not k-nearest neighbours: expected rows, offset, scale, labels and settings; got ${Object.keys(arrays).join(', ')}.`);
  const projection = loadProjection(arrays as Readonly<Record<string, NpyArray>>);
  const [count, columns] = rows.shape;
  const [neighbours, probes, cosine, code, width, floor] = settings.data;
  const weights = RULES[code];
  const fits = columns === projection.width && offset.data.length === columns && scale.data.length === columns && labels.data.length === count &&
    labels.data.every((label) => label < CLASSES) && Number.isInteger(neighbours) && neighbours >= 1 && neighbours <= count && probes >= 1 && weights !== undefined;
  if (!fits) throw new InvalidModelError(`Not k-nearest neighbours: ${count} rows of ${columns} columns, ${labels.data.length} labels and settings ${settings.data.join(', ')} do not fit together.`);
  return {
    projection, neighbours, probes, cosine: cosine === 1,
    rows: { rows: count, columns, bytes: rows.data, offset: offset.data, scale: scale.data },
    labels: labels.data,
    lists: listsOf(arrays, count, columns),
    rule: weights === 'fitted' ? { weights, width, floor } : { weights },
  };
}

function listsOf({ centres, assignment }: Readonly<Record<string, NpyArray | undefined>>, count: number, columns: number): RowLists | undefined {
  if (!centres && !assignment) return undefined;
  const lists = centres?.shape[0] ?? 0;
  if (centres?.data instanceof Float32Array && assignment?.data instanceof Uint16Array && centres.data.length === lists * columns &&
    assignment.data.length === count && assignment.data.every((list) => list < lists)) {
    return { centres: { rows: lists, columns, data: centres.data }, assignment: assignment.data };
  }
  throw new InvalidModelError('Not k-nearest neighbours: its centres and its assignment of rows do not fit together.');
}
