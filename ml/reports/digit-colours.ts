/** A colour for each digit that is told from the others on light and dark paper (Observable's ten categorical colours). */
export const DIGIT_COLOURS = ['#4269d0', '#efb118', '#ff725c', '#6cc5b0', '#3ca951', '#ff8ab7', '#a463f2', '#97bbf5', '#9c6b4e', '#8b8f98'] as const;
