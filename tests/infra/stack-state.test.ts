import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackState, removeStackState, writeStackState, type StackState } from '../../infra/stack/stack-state.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const STATE: StackState = {
  supervisor: { pid: 1, startTime: '2' },
  ready: true,
  build: 'abc',
  addresses: { temporal: '127.0.0.1:7233', namespace: 'default', region: 'us-east-1', bucket: 'digitloom', secretAccessKey: 'secret' },
  parts: { s3: { pid: 3, startTime: '4' } },
};

describe('stack state', () => {
  const folder = temporaryFolder();

  it('comes back as it was written', () => {
    writeStackState(folder(), STATE);
    assert.deepEqual(readStackState(folder()), STATE);
  });

  it('can be read by its owner only, for it holds credentials', () => {
    writeStackState(folder(), STATE);
    assert.equal(statSync(join(folder(), 'stack.json')).mode & 0o777, 0o600);
  });

  it('is nothing where there is no file, or the file is not a state', () => {
    assert.equal(readStackState(folder()), undefined);
    for (const text of ['', '{"ready": tru', '{}', '[]']) {
      writeFileSync(join(folder(), 'stack.json'), text);
      assert.equal(readStackState(folder()), undefined, text);
    }
  });

  it('is forgotten when removed, once or twice', () => {
    writeStackState(folder(), STATE);
    removeStackState(folder());
    removeStackState(folder());
    assert.equal(readStackState(folder()), undefined);
  });
});
