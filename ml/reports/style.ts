/** The report's style sheet: light, dark and paper, phone and desk, no outside resource. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --card: #f6f7f9; --ink: #1b1f26; --muted: #5c6675; --line: #dde1e8;
  --blue: #2c6bd1; --orange: #d9622b; --green: #1d8a5b; --violet: #7d55c7; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #14171c; --card: #1d2229; --ink: #e6e9ee; --muted: #9aa5b4; --line: #323a45;
  --blue: #6ea3f7; --orange: #f28a58; --green: #4cc38a; --violet: #b293f0; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 1160px; padding: 28px 20px 60px; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 1.25rem; margin: 52px 0 12px; padding-top: 14px; border-top: 1px solid var(--line); }
h3 { font-size: 1.08rem; margin: 34px 0 2px; }
article > p { margin-top: 0; color: var(--muted); }
.facts, .note, figcaption, small, .tile-note, .tile-title, footer { color: var(--muted); }
.facts { margin: 0; } .note, figcaption, footer { font-size: .875rem; max-width: 75ch; }
.lead { font-size: 1.15rem; max-width: 72ch; }
nav { margin: 18px 0 26px; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: .9rem; }
a { color: var(--blue); text-decoration: none; } a:hover { text-decoration: underline; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.tile-title, .tile-note { font-size: .82rem; } .tile-figure { font-size: 1.6rem; font-weight: 650; line-height: 1.3; font-variant-numeric: tabular-nums; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 22px 36px; align-items: start; }
figure { margin: 0 0 8px; } figcaption { margin-top: 6px; }
.scroll { overflow-x: auto; }
.plot { display: block; max-width: 100%; height: auto; color: var(--ink); font-family: inherit; }
.plot text { white-space: pre; font-variant-numeric: tabular-nums; }
.key { white-space: nowrap; } .key::before { content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin: 0 .35em 0 .3em; background: var(--key); }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 11px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--muted); font-weight: 500; font-size: .82rem; vertical-align: bottom; }
tbody th { font-weight: 600; } th:first-child, tbody th, .text { text-align: left; }
td small, th small { display: block; font-weight: 400; font-size: .78rem; }
.results { width: 100%; font-size: .86rem; } .results th, .results td { padding: 6px 8px; } .results th:first-child { position: sticky; left: 0; background: var(--paper); }
.many { font-size: .8rem; } .many th, .many td { padding: 4px 6px; }
.results th small { white-space: normal; min-width: 9em; max-width: 13em; }
.compact { width: 100%; } .compact th, .compact td { padding: 4.5px 10px; }
.best { font-weight: 700; } .best small { font-weight: 400; } .worst { color: var(--orange); font-weight: 650; } .none { color: var(--muted); }
.gallery { list-style: none; margin: 14px 0 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(74px, 1fr)); gap: 12px 8px; text-align: center; font-size: .84rem; line-height: 1.25; }
.gallery img { display: block; margin: 0 auto 4px; background: #fff; border: 1px solid var(--line); border-radius: 6px; image-rendering: pixelated; }
.gallery small, .gallery b { display: block; }
.digits { display: block; max-width: 100%; height: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 4px; image-rendering: pixelated; }
.limits { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 26px 36px; align-items: start; }
.limits h4 { margin: 0 0 6px; font-size: 1rem; } .limits p { margin: 0 0 2px; }
.document { font-size: .8rem; line-height: 1.4; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; overflow-x: auto; }
.pictures th, .pictures td { border: 0; padding: 3px 5px; vertical-align: middle; text-align: center; } .pictures tbody th { font-size: 1rem; padding-right: 10px; }
.pictures img { display: block; background: #fff; border: 1px solid var(--line); border-radius: 5px; image-rendering: pixelated; }
.strip { list-style: none; display: flex; gap: 6px; margin: 0; padding: 0 14px 0 0; font-size: .75rem; line-height: 1.3; color: var(--muted); }
.ranges { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px 28px; margin-top: 22px; }
.data-table { font-size: .84rem; } .data-table th, .data-table td { padding: 4px 7px; } td.wide { white-space: normal; min-width: 30ch; }
summary { cursor: pointer; color: var(--blue); font-size: .92rem; margin: 10px 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; font-size: .92rem; } dt { font-weight: 600; } dd { margin: 0; max-width: 70ch; }
footer { margin-top: 48px; padding-top: 14px; border-top: 1px solid var(--line); }
@media (max-width: 560px) { body { padding: 18px 14px 40px; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } th, td { padding: 6px 8px; } }
@media print { @page { margin: 14mm; } body { max-width: none; padding: 0; font-size: 10.5pt; } nav { display: none; } .scroll { overflow: visible; }
  .results { font-size: 7pt; } .results small { font-size: 6pt; } .results th, .results td { padding: 3px 4px; } .results th:first-child { position: static; }
  figure, table, .tile, .gallery li, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } a { color: inherit; }
  .grid { grid-template-columns: 1fr 1fr; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
