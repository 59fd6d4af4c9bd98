import assert from 'node:assert/strict';
import { remoteError } from '../../../activities/bridge/remote-error.js';
import { ComputeCrashedError, InternalError, InvalidDataError, PERMANENT } from '../../../shared/errors.js';

describe('remoteError', () => {
  const remote = (name: string): Error => remoteError({ name, message: 'm', stack: 'stack over there' });

  it('keeps the class, the message and the stack of an error of ours', () => {
    const error = remote('InvalidDataError');
    assert.ok(error instanceof InvalidDataError);
    assert.deepEqual([error.message, error.stack], ['m', 'stack over there']);
  });

  it('makes a mistake in the code an error that no retry mends', () => {
    for (const name of ['TypeError', 'ReferenceError', 'SyntaxError']) {
      const error = remote(name);
      assert.ok(error instanceof InternalError && PERMANENT.includes(error.name));
      assert.equal(error.message, `${name}: m`);
    }
  });

  it('takes everything else, e.g. a lack of memory, for a crash that a retry may mend', () => {
    for (const name of ['Error', 'RangeError', 'SystemError']) {
      const error = remote(name);
      assert.ok(error instanceof ComputeCrashedError && !PERMANENT.includes(error.name));
    }
  });
});
