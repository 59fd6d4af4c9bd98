import type { LabelledMatrix, Matrix } from '../matrix.js';

/** Rows to train on, whose targets may be softer than their labels. */
export interface TrainingRows extends LabelledMatrix {
  readonly soft?: SoftTargets;
}

/** A teacher's word on each row. */
export interface SoftTargets {
  /** [rows, classes]; rows sum to one. */
  readonly probabilities: Matrix<Float32Array>;
  /** Of a target, in (0, 1]; the label has the rest. */
  readonly share: number;
}

/** Mixes a teacher's probabilities into the targets of the rows that `order` names from `from` on. */
export function mixInTeacher(targets: Float32Array, order: Uint32Array, from: number, { probabilities: { columns, data }, share }: SoftTargets): void {
  for (let i = 0; i < targets.length; i++) {
    const row = order[from + Math.floor(i / columns)];
    targets[i] += share * (data[row * columns + (i % columns)] - targets[i]);
  }
}
