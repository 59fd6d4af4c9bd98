import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTensorboard } from '../../activities/write-tensorboard.js';
import { encodeTensorboardEvents } from '../../ml/export/tensorboard-events.js';

describe('writeTensorboard', () => {
  it('gives every model a folder with one file that TensorBoard finds by its name, and writes it anew the next time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'digitloom-tensorboard-'));
    try {
      const series = [{ name: 'loss', points: [{ x: 1, y: 2 }, { x: 2, y: 1 }] }];
      const curves = ['cnn', 'cnn.2'].map((model) => ({ model, unit: 'epoch', series }));
      const files = await writeTensorboard(join(folder, 'run-1'), curves);
      assert.deepEqual(files, ['cnn', 'cnn.2'].map((model) => join(folder, 'run-1', model, 'events.out.tfevents.0.digitloom')));
      assert.deepEqual(await writeTensorboard(join(folder, 'run-1'), curves), files);
      for (const file of files) assert.deepEqual(new Uint8Array(await readFile(file)), await encodeTensorboardEvents(series));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
