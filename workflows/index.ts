export { pipeline } from './pipeline.js';
export { pointers } from './pointers.js';
export { trainModel } from './train-model.js';
