import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { exactSearch } from '../neighbours/exact-search.js';
import { lazySearch } from '../neighbours/lazy-search.js';
import { listSearch } from '../neighbours/list-search.js';
import { rowLists } from '../neighbours/row-lists.js';
import type { RowSearch } from '../neighbours/row-search.js';
import { fromByteRows, toByteRows } from './byte-rows.js';
import { checkTrainingData } from './check-training-data.js';
import { fitVotes } from './fit-votes.js';
import { knnArrays, readKnn } from './knn-bytes.js';
import type { KnnParts } from './knn-bytes.js';
import { checkKnnOptions } from './knn-options.js';
import type { KnnOptions } from './knn-options.js';
import type { Classifier, FitContext, ModelKind } from './model.js';
import { voteProbabilities } from './neighbour-votes.js';
import { fitProjection } from './projection.js';
import { toUnitLength } from './to-unit-length.js';

/**
 * k-nearest neighbours (Cover and Hart 1967) on projected rows, which are kept in a byte a number; for pixels without a projection that is exact.
 * Either every row is looked at or an inverted file chooses; what is looked at is ranked exactly. The seed moves the lists of the file only.
 */
export const model: ModelKind<KnnOptions> = {
  name: 'knn',
  defaults: {
    neighbours: 5, weights: 'fitted', metric: 'euclidean', index: 'exact', lists: 0, probes: 16, standardise: false, projection: 'none', components: 0,
  },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    checkKnnOptions(options, train.x.rows);
    context.signal.throwIfAborted();
    const projection = await fitProjection(train, options, context);
    const kept = { projection, cosine: options.metric === 'cosine', neighbours: options.neighbours, probes: options.probes };
    const rows = toByteRows(placed(train.x, kept, options.projection === 'none' && !options.standardise));
    working(context, 0.1, 'index')();
    const lists = options.index === 'exact' ? undefined
      : rowLists(fromByteRows(rows), options.lists || Math.ceil(Math.sqrt(rows.rows)), context.seed, working(context, 0.1, 'index'));
    const search = lazySearch(() => searchOf({ rows, lists, ...kept })); // most fits are saved, and asked nothing
    const rule = options.weights === 'fitted' ? fitVotes(foundFor(search, validation, kept, context), train.labels, validation.labels) : { weights: options.weights };
    context.progress({ fraction: 1 });
    return classifier({ ...kept, rows, labels: train.labels.slice(), lists, rule }, search, { rows: rows.rows, ...rule });
  },

  async load(bytes) {
    const parts = readKnn(arraysOf(bytes));
    return classifier(parts, searchOf(parts), {});
  },
};

type Placing = Pick<KnnParts, 'projection' | 'cosine'>;

/** Rows where they are compared. @param asTheyAre leaves pixels bytes where nothing is done to them */
function placed(x: Matrix, { projection, cosine }: Placing, asTheyAre: boolean): Matrix {
  if (asTheyAre && !cosine) return x;
  return inSpace(x, { projection, cosine });
}

function inSpace(x: Matrix, { projection, cosine }: Placing): Matrix<Float32Array> {
  const z = projection.apply(x);
  return cosine ? toUnitLength(z) : z;
}

function searchOf({ rows, lists, neighbours, probes }: Pick<KnnParts, 'rows' | 'lists' | 'neighbours' | 'probes'>): RowSearch {
  const x = fromByteRows(rows);
  return lists ? listSearch(x, neighbours, lists, probes) : exactSearch(x, neighbours);
}

function foundFor(search: RowSearch, { x }: LabelledMatrix, placing: Placing, context: FitContext): ReturnType<RowSearch> {
  const report = (done: number): void => working(context, 0.1 + (0.85 * done) / x.rows, 'neighbours of validation rows')();
  return search(inSpace(x, placing), report);
}

function working(context: FitContext, fraction: number, note: string): () => void {
  return () => {
    context.signal.throwIfAborted();
    context.progress({ fraction, note });
  };
}

function classifier(parts: KnnParts, search: RowSearch, details: JsonObject): Classifier {
  const { projection, rows, labels, rule } = parts;
  return {
    columns: projection.columns,
    parameters: projection.parameters + rows.bytes.length + labels.length,
    runtime: 'typescript',
    details,

    async predictProba(x) {
      const queries = inSpace(x, parts); // which checks the width
      const wrong = queries.data.findIndex((value) => !Number.isFinite(value));
      if (wrong >= 0) throw new InvalidDataError(`k-nearest neighbours: row ${Math.floor(wrong / queries.columns)} holds, or comes to, ${queries.data[wrong]}: expected finite numbers.`);
      return voteProbabilities(search(queries), labels, rule);
    },

    async save() {
      return encodeNpz(knnArrays(parts), { deflate: true });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}

function arraysOf(bytes: Uint8Array): ReturnType<typeof decodeNpz>['arrays'] {
  try {
    return decodeNpz(bytes, 'k-nearest neighbours').arrays;
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not k-nearest neighbours: ${error.message}`, { cause: error });
    throw error;
  }
}
