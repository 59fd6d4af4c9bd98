import assert from 'node:assert/strict';
import { exportsSection } from '../../../ml/reports/exports-section.js';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { ExportFormat } from '../../../shared/export-formats.js';
import type { ExportRecord, WrittenExport } from '../../../shared/exports.js';
import { reportFixture } from './report-fixture.js';

const file = (model: string, format: ExportFormat, size: number, more: Partial<WrittenExport> = {}): WrittenExport => ({ kind: 'export', model, format, file: `${model}.${format}`, bytes: size, size, ...more });
const verified = { runtime: 'onnxruntime-node 1.30', rows: 10_000, largestDifference: 3.4e-7, labelsChanged: 0, exceptions: 0, agrees: true };
const RECORDS: readonly ExportRecord[] = [
  file('cnn', 'onnx', 626_000, { verified: { ...verified, largestDifference: 0.0000341 } }),
  file('cnn', 'onnx-int8', 163_000, { verified: { ...verified, largestDifference: 0.031, labelsChanged: 7, accuracy: { rows: 10_000, model: 0.9931, file: 0.9929, pValue: 0.4 } } }),
  file('cnn', 'tflite-float16', 314_000, { pending: 'LiteRT' }),
  file('knn', 'onnx', 265_000, { verified: { ...verified, exceptions: 3, labelsChanged: 2 }, note: 'a <note>' }),
  { kind: 'export', model: 'knn', format: 'c', refused: 'This format holds networks' },
  { kind: 'export', model: 'svm', format: 'tflite', refused: 'This format holds networks' },
  { kind: 'export', model: 'svm', format: 'c', refused: 'This format holds networks' },
  { kind: 'export', model: 'cnn', format: 'tfjs', refused: 'Layers of its own: SqueezeExcite se1' },
];

describe('the exports in the report', () => {
  const text = (records: readonly ExportRecord[]): string => exportsSection(records)?.markup.replaceAll(/<[^>]+>/g, '|').replaceAll(/[\s\u202f\u00a0]+/g, ' ').replaceAll(/(\| ?)+/g, '| ') ?? '';

  it('tell of each file its size, how much smaller it is than in float32, what ran it and how it answered', () => {
    const shown = text(RECORDS);
    assert.ok(shown.includes('| cnn| onnx| 626 kB| onnxruntime-node 1.30| 3.4e-5| 0 of 10,000|'), shown);
    assert.ok(shown.includes('| cnn| onnx-int8| 163 kB| 3.8 times smaller| onnxruntime-node 1.30| 0.031| 7 of 10,000| 99.29 % of 10,000 validation images, the model 99.31 % (p = 0.400)|'), shown);
    assert.ok(shown.includes('| cnn| tflite-float16| 314 kB| not yet: LiteRT|'), shown);
    assert.ok(shown.includes('| knn| onnx| a &lt;note&gt;| 265 kB| onnxruntime-node 1.30| 3.4e-7| 3 rows beyond 0.0001| 2 of 10,000|'), shown);
  });

  it('list what was refused by the reason', () => {
    const shown = text(RECORDS);
    assert.ok(shown.includes('| knn as c; svm as tflite, c: This format holds networks|'), shown);
    assert.ok(shown.includes('| cnn as tfjs: Layers of its own: SqueezeExcite se1|'), shown);
  });

  it('fold away the files of a long list, and have no section where nothing was exported', () => {
    const many = Array.from({ length: 30 }, (_, i) => file(`net-${i}`, 'onnx', 100 + i));
    assert.match(exportsSection(many)?.markup ?? '', /<summary>6 more files<\/summary>/);
    assert.equal(exportsSection([]), undefined);
    const ids = (findings: readonly ExportRecord[]): string[] => [...renderReport({ ...reportFixture(), findings }).matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id ?? '');
    assert.deepEqual(ids(RECORDS).filter((id) => !ids([]).includes(id)), ['exports']);
    assert.equal(ids(RECORDS)[ids(RECORDS).indexOf('exports') - 1], 'compression');
  });
});
