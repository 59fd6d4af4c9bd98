/** Rows that are predicted at once: enough to keep the kernels busy, few enough for their maps to stay in the cache. */
export const PREDICTION_BATCH = 256;
