import assert from 'node:assert/strict';
import { InvalidConfigError } from '../../shared/errors.js';
import { childEnvironment } from '../../workers/child-environment.js';
import { parseSettings } from '../../workers/parse-settings.js';

describe('parseSettings', () => {
  const ENV = { TEMPORAL_ADDRESS: 'localhost:7233', AWS_ENDPOINT_URL_S3: 'http://localhost:7070', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', HOME: '/home/u' };

  it('reads addresses from the environment and the rest from the arguments', () => {
    assert.deepEqual(parseSettings(['--bucket', 'b', '--native', '/n.json', '--cache-dir', '/c', '--slots', '3'], { ...ENV, TEMPORAL_NAMESPACE: 'ml', AWS_REGION: 'eu-central-1' }), {
      temporal: { address: 'localhost:7233', namespace: 'ml' },
      s3: { endpoint: 'http://localhost:7070', region: 'eu-central-1', accessKeyId: 'a', secretAccessKey: 's', bucket: 'b' },
      nativeFile: '/n.json', cacheDir: '/c', slots: 3,
    });
  });

  it('has defaults, and leaves credentials to the AWS SDK where none are given', () => {
    const settings = parseSettings(['--bucket', 'b'], { TEMPORAL_ADDRESS: 'x:1', HOME: '/home/u' });
    assert.deepEqual(settings.s3, { region: 'us-east-1', bucket: 'b' });
    assert.equal(settings.temporal.namespace, 'default');
    assert.equal(settings.cacheDir, '/home/u/.cache/digitloom/artifacts');
    assert.ok(settings.slots >= 1);
  });

  it('reports every problem at once', () => {
    assert.throws(() => parseSettings(['--slots', '0'], { AWS_ENDPOINT_URL_S3: 'nowhere', AWS_ACCESS_KEY_ID: 'a' }), (error) => {
      assert.ok(error instanceof InvalidConfigError);
      for (const word of ['TEMPORAL_ADDRESS', '--bucket', '--slots', 'AWS_ENDPOINT_URL_S3', 'AWS_SECRET_ACCESS_KEY']) assert.ok(error.message.includes(word), word);
      return true;
    });
  });

  it('refuses an argument it does not know', () => {
    assert.throws(() => parseSettings(['--bukket', 'b'], ENV), /--bukket/);
  });
});

describe('childEnvironment', () => {
  it('withholds addresses and credentials', () => {
    const env = { PATH: '/bin', LD_LIBRARY_PATH: '/l', AWS_REGION: 'x', TEMPORAL_ADDRESS: 'y', MY_SECRET: 'z', GITHUB_TOKEN: 't' };
    assert.deepEqual(childEnvironment(env), { PATH: '/bin', LD_LIBRARY_PATH: '/l' });
  });

  it('withholds what would change the arithmetic without being part of a step\'s key', () => {
    const env = { CUDA_VISIBLE_DEVICES: '0', TF_ENABLE_ONEDNN_OPTS: '0', ONEDNN_MAX_CPU_ISA: 'SSE41', OMP_NUM_THREADS: '8', KMP_AFFINITY: 'compact' };
    assert.deepEqual(childEnvironment(env), { CUDA_VISIBLE_DEVICES: '0' });
  });
});
