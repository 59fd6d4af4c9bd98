import { readFileSync, writeFileSync } from 'node:fs';
import { trainInSegments } from '../../../ml/training/train-in-segments.js';
import { QUIET, tinyTrainer } from './tiny-training.js';

// A process of its own that ends the tiny training from a checkpoint: resume-training.js <engine> <checkpoint> <result>
const [engine, checkpoint, result] = process.argv.slice(2);
if (engine === undefined || checkpoint === undefined || result === undefined) throw new Error('usage: resume-training.js <engine> <checkpoint> <result>');
const trainer = await tinyTrainer({ engine: engine === 'eager' ? 'eager' : 'graph' });
writeFileSync(result, await trainInSegments(trainer, 3, { ...QUIET, checkpoint: readFileSync(checkpoint) }));
process.exit(0);
