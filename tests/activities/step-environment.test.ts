import assert from 'node:assert/strict';
import { cpuFeatureLevel } from '../../activities/cpu-feature-level.js';
import type { BuiltStep } from '../../activities/step-catalogue.js';
import { stepEnvironment } from '../../activities/step-environment.js';

describe('stepEnvironment', () => {
  const native = { paths: {}, versions: { tensorflow: '2.21.0', xgboost: '3.2.0', litert: '2.3.0', temporal: '1.5.1' } };
  const built = (kind: BuiltStep['kind'], libraries: BuiltStep['libraries'], foreign: readonly string[] = []): BuiltStep => ({ name: 's', kind, entry: '', version: '', libraries, foreign });

  it('of a thread step holds its libraries and nothing of the machine', () => {
    assert.deepEqual(stepEnvironment(built('thread', { fflate: '0.8.3' }), native), { node: process.versions.node.split('.')[0], libraries: { fflate: '0.8.3' } });
  });

  it('of a process step holds the foreign libraries that it uses, and no others', () => {
    assert.deepEqual(stepEnvironment(built('process', { koffi: '3.3.4' }), native)['native'], { xgboost: '3.2.0' });
    assert.deepEqual(stepEnvironment(built('process', { '@tensorflow/tfjs-node': '4.22.0' }, ['litert']), native)['native'], { litert: '2.3.0', tensorflow: '2.21.0' });
    assert.deepEqual(stepEnvironment(built('process', { '@tensorflow/tfjs-node': '4.22.0' }), native)['native'], { tensorflow: '2.21.0' });
    assert.equal(stepEnvironment(built('process', { koffi: '3.3.4' }), native)['cpu'], cpuFeatureLevel());
    assert.equal(stepEnvironment(built('process', {}), native)['cpu'], 'any');
  });

  it('names the device and the version of its library where TensorFlow computes on a GPU', () => {
    const gpu = { paths: { device: 'gpu' } as const, versions: { ...native.versions, tensorflowGpu: '2.22.0' } };
    assert.deepEqual(stepEnvironment(built('process', { '@tensorflow/tfjs-node': '4.22.0' }), gpu)['native'], { tensorflow: '2.22.0' });
    assert.equal(stepEnvironment(built('process', { '@tensorflow/tfjs-node': '4.22.0' }), gpu)['device'], 'gpu');
    assert.equal(stepEnvironment(built('process', { koffi: '3.3.4' }), gpu)['device'], undefined);
  });
});

describe('cpuFeatureLevel', () => {
  it('is the highest instruction set that Linux lists', () => {
    assert.equal(cpuFeatureLevel('flags\t\t: fpu sse2 avx avx2 avx512f\n'), `${process.arch}/avx512f`);
    assert.equal(cpuFeatureLevel('flags\t\t: fpu sse2 avx avx2\n'), `${process.arch}/avx2`);
    assert.equal(cpuFeatureLevel('Features\t: fp asimd evtstrm\n'), `${process.arch}/asimd`);
    assert.equal(cpuFeatureLevel('flags\t\t: fpu sse2\n'), `${process.arch}/base`);
  });
});
