import assert from 'node:assert/strict';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { isProvisioned } from '../../infra/provision/is-provisioned.js';
import { writeNativeParts } from '../../infra/provision/native-parts.js';
import { neededParts } from '../../infra/provision/needs.js';
import { PINS } from '../../infra/provision/pins.js';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('what must be provisioned', () => {
  const folder = temporaryFolder();

  it('is every part but the optional ones', () => {
    assert.deepEqual(neededParts([], {}), ['temporal', 'versitygw', 'tensorflow', 'xgboost', 'litert']);
    assert.deepEqual(neededParts(['--gpu', '--python'], {}), ['temporal', 'versitygw', 'tensorflow', 'tensorflowGpu', 'xgboost', 'litert', 'python']);
    assert.deepEqual(neededParts(['--python-tensorflow'], {}), ['temporal', 'versitygw', 'tensorflow', 'xgboost', 'litert', 'pythonTensorflow']);
    assert.deepEqual(neededParts(['--only', 'tensorflowGpu,xgboost'], {}), ['tensorflowGpu', 'xgboost']);
  });

  it('is no server whose address the user gave', () => {
    assert.deepEqual(neededParts([], { TEMPORAL_ADDRESS: 'temporal:7233', AWS_ENDPOINT_URL_S3: 'http://s3' }), ['tensorflow', 'xgboost', 'litert']);
  });

  it('lies in the cache folder that the XDG specification names', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/cache', HOME: '/home/ada' }), '/cache/digitloom');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/home/ada' }), '/home/ada/.cache/digitloom');
  });

  it('is asked for again when a file is gone or its version is not the pinned one', () => {
    const env = { XDG_CACHE_HOME: folder() };
    const args = ['--only', 'xgboost'];
    const cache = cacheFolder(env);
    mkdirSync(cache);
    const write = (path: string, version: string): void =>
      writeNativeParts(cache, { xgboost: path, versions: { xgboost: version }, found: { xgboost: 'wheel' }, seconds: 1 });
    assert.equal(isProvisioned(args, env), false);
    write(cache, PINS.xgboost.version);
    assert.equal(isProvisioned(args, env), true);
    write(cache, '1.0.0');
    assert.equal(isProvisioned(args, env), false);
    write(join(cache, 'gone'), PINS.xgboost.version);
    assert.equal(isProvisioned(args, env), false);
  });
});
