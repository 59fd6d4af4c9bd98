import { strict as assert } from 'node:assert';
import type { ModelConfig } from '../../shared/config.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { withDocument } from '../../workflows/with-document.js';

describe('a model\'s augmentation', () => {
  const document = { version: 1, steps: [{ kind: 'noise' }] };
  const config = { ...PRESET_CONFIGS.default, augment: { enabled: true, document, copies: 0 } };
  const model = (params: ModelConfig['params']): ModelConfig => ({ kind: 'cnn', input: 'pixels', params, device: 'cpu', rows: 'original' });

  it('"section" is the document of the section; the other parameters stay', () => {
    assert.deepEqual(withDocument(model({ epochs: 3, augment: 'section' }), config), model({ epochs: 3, augment: document }));
  });

  it('is left as it is otherwise', () => {
    for (const params of [{ epochs: 3 }, { augment: 'shift' }, { augment: { version: 1, steps: [] } }, { other: 'section' }]) {
      assert.deepEqual(withDocument(model(params), config), model(params));
    }
  });
});
