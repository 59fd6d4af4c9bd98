export { exportCandidate } from './export-candidate.js';
export { fitSeeds } from './fit-seeds.js';
export { foldModel } from './fold-model.js';
export { pipeline } from './pipeline.js';
export { pointers } from './pointers.js';
export { search } from './search.js';
export { trainModel } from './train-model.js';
export { trial } from './trial.js';
