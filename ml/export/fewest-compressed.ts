/** Constants of fewer numbers stay float32: the table of scales or of a further tensor takes what is saved. */
export const FEWEST_COMPRESSED = 64;
