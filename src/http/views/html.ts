import { createHash } from 'node:crypto';

/** Text that is markup already; everything else is escaped where it is put in. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | readonly Part[];

/** HTML with every value escaped that is no HTML itself; nothing for undefined. */
export function html(literals: TemplateStringsArray, ...values: Part[]): Html {
  const parts = literals.map((literal, index) =>
    index === 0 ? literal : markup(values[index - 1]) + literal,
  );
  return new Html(parts.join(''));
}

function markup(value: Part): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(markup).join('');
  return String(value).replace(/[&<>"']/g, (one) => entities[one] ?? one);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** One style for all pages: readable on a screen in light and dark, and in black on paper. */
const style = `
:root { color-scheme: light dark; --ink: #1a1d21; --soft: #667; --line: #d5d8de; --bar: #2f6fab; --warn: #a3420f; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ec; --soft: #a2a8b3; --line: #3a3f48; --bar: #6aa9e0; --warn: #f0955c; --paper: #15181c; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.soft { color: var(--soft) } .warn { color: var(--warn) }
table { border-collapse: collapse; width: 100% } caption { text-align: left; color: var(--soft) }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: middle }
.number { text-align: right; font-variant-numeric: tabular-nums }
svg { display: block } .bar { fill: var(--bar) } .track { fill: var(--line) } svg text { fill: var(--soft); font-size: 10px }
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --bar: #444; --warn: #000; --paper: #fff; }
  body { margin: 0; max-width: none; font-size: 10pt } tr, svg { break-inside: avoid } thead { display: table-header-group }
  h2 { break-after: avoid } .bar, .track { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing runs, nothing is loaded, nobody frames it: only this very style is allowed. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What stands before a page's body, and after it. */
export function pageHead(title: string): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${new Html(style)}</style></head><body>
`.text;
}
export const pageEnd = '</body></html>\n';

/** A share from 0 to 1 as a bar. */
export function shareBar(share: number, label: string): Html {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 120);
  return html`<svg width="120" height="10" role="img" aria-label="${label}"><rect class="track" width="120" height="10"/><rect class="bar" width="${width}" height="10"/></svg>`;
}

/** How many of the values from 0 to 1 lie in each tenth. */
export function histogram(shares: readonly number[], label: string): Html {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const share of shares) {
    const tenth = Math.min(9, Math.max(0, Math.floor(share * 10)));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  const highest = Math.max(1, ...counts);
  const bars = counts.map((count, index) => {
    const height = Math.round((count / highest) * 80);
    const [x, y] = [index * 36 + 4, 94 - height];
    return html`<rect class="bar" x="${x}" y="${y}" width="28" height="${height}"/><text x="${x + 14}" y="${y - 3}" text-anchor="middle">${count}</text><text x="${x + 14}" y="106" text-anchor="middle">${index * 10}–${(index + 1) * 10}</text>`;
  });
  return html`<svg width="364" height="110" role="img" aria-label="${label}">${bars}</svg>`;
}
