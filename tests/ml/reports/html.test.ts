import assert from 'node:assert/strict';
import { html } from '../../../ml/reports/html.js';

describe('html', () => {
  it('escapes text and leaves markup as it is', () => {
    assert.equal(html`<b title="${'"\''}">${'<&>'}</b>${html`<i></i>`}`.markup, '<b title="&quot;&#39;">&lt;&amp;&gt;</b><i></i>');
  });

  it('joins lists without commas and leaves out what is undefined', () => {
    assert.equal(html`${[html`<a></a>`, '<', 1]}${undefined}.`.markup, '<a></a>&lt;1.');
  });
});
