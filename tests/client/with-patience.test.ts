import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { withPatience } from '../../client/with-patience.js';

const UNAVAILABLE = 14;
const NOT_FOUND = 5;

function grpcError(code: number): Error {
  return Object.assign(new Error(`code ${code}`), { code, details: '', metadata: {} });
}

describe('withPatience', () => {
  it('asks again while the server is away', async () => {
    let asked = 0;
    assert.equal(await withPatience(() => (++asked === 1 ? Promise.reject(grpcError(UNAVAILABLE)) : Promise.resolve('here'))), 'here');
    assert.equal(asked, 2);
  });

  it('is still patient with a server that goes away after a long wait', async () => {
    let asked = 0;
    const answer = await withPatience(async () => {
      if (++asked > 1) return 'here';
      await sleep(120);
      throw grpcError(UNAVAILABLE);
    }, { forMs: 100 });
    assert.equal(answer, 'here');
  });

  it('gives up when the server stays away', async () => {
    await assert.rejects(withPatience(() => Promise.reject(grpcError(UNAVAILABLE)), { forMs: 100 }), { code: UNAVAILABLE });
  });

  it('passes on at once what a server answers', async () => {
    let asked = 0;
    await assert.rejects(withPatience(() => Promise.reject(grpcError((asked++, NOT_FOUND)))), { code: NOT_FOUND });
    assert.equal(asked, 1);
  });
});
