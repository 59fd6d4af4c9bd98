import { probabilityDistance } from './probability-distance.js';
import { rowsWithoutTie } from './rows-without-tie.js';
import type { BothAnswers } from './rows-without-tie.js';
import type { Matrix } from '../matrix.js';
import type { Classifier } from '../models/model.js';

/** Opens the model itself, which is asked where its file differs. */
export type LoadModel = () => Promise<Pick<Classifier, 'predictProba' | 'dispose'>>;

/** Rows on which a file differs from its model, and those of them that are no tie. */
export interface ShownTies {
  readonly off: readonly number[];
  readonly without: readonly number[];
}

/** Has a model that jumps show which of the rows on which its file differs are ties; it is not loaded where none differs. */
export async function showTies(load: LoadModel, x: Matrix, answers: BothAnswers): Promise<ShownTies> {
  const { off } = probabilityDistance(answers.model, answers.file);
  if (off.length === 0) return { off, without: [] };
  const model = await load();
  try {
    return { off, without: await rowsWithoutTie((rows) => model.predictProba(rows), x, answers, off) };
  } finally {
    model.dispose();
  }
}
