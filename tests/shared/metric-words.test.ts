import { strict as assert } from 'node:assert';
import { metricWords } from '../../shared/metric-words.js';

describe('metricWords', () => {
  it('tells losses, rates, accuracies and speeds in words, in their order', () => {
    assert.deepEqual(
      metricWords({ loss: 0.0412345, learningRate: 0.0021, validationAccuracy: 0.99123, imagesPerSecond: 5_712.4 }),
      ['loss 0.04123', 'learning rate 0.0021', 'validation accuracy 99.12 %', '5,712 images/s'],
    );
  });

  it('keeps small rates and large speeds readable', () => {
    assert.deepEqual(metricWords({ learningRate: 0.0000123456, imagesPerSecond: 1_234_567 }), ['learning rate 0.00001235', '1,234,567 images/s']);
    assert.deepEqual(metricWords({ imagesPerSecond: 87.6 }), ['88 images/s']);
  });

  it('parts the words of any other name', () => {
    assert.deepEqual(metricWords({ validationLogLoss: 0.1 }), ['validation log loss 0.1']);
  });
});
