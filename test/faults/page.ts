import { readFileSync, writeFileSync } from 'node:fs';
import { table } from '../../scripts/docs/markdown.ts';
import { type FaultCase, KINDS, type Kind } from './fault-case.ts';
import { MOST_MEGABYTES } from './judge.ts';
import { type PeerRow, peersTable } from './peers.ts';

const MOST_CODES = 12;

/** A row a kind: what it is, how many cases, and how they end. */
export function kindsTable(cases: readonly FaultCase[]): string {
  const rows = (Object.keys(KINDS) as Kind[]).map((kind) => {
    const ofKind = cases.filter((one) => one.kind === kind);
    return [KINDS[kind], String(ofKind.length), endingsOf(ofKind)];
  });
  return table(['Fault', 'Cases', 'How they end'], [...rows, ['All', String(cases.length), '']]);
}

function endingsOf(cases: readonly FaultCase[]): string {
  const counts = new Map<string, number>();
  for (const { ending } of cases) {
    const name = ending.code === undefined ? 'passes' : `\`${ending.code}\``;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, left], [, right]) => right - left).map(([name, count]) => `${name} ${count}`);
  const more = sorted.length - MOST_CODES;
  return [...sorted.slice(0, MOST_CODES), ...(more > 0 ? [`${more} others`] : [])].join(', ');
}

/** Writes what a whole run has shown between the markers of the page. */
export function fillReliabilityPage(
  file: string,
  { cases, peers, peakMb }: { cases: readonly FaultCase[]; peers: readonly PeerRow[]; peakMb: number },
): void {
  const day = new Date().toISOString().slice(0, 10);
  const where = `${day} with Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  const played = `Run on ${where} by \`npm run faults -- --write\`: ${cases.length} faults, none of which ended otherwise. No process needed more than ${Math.ceil(peakMb)} MB; the suite allows ${MOST_MEGABYTES} MB.`;
  const compared = `The column of this action was measured on ${where}, by the same command.`;
  const page = fill(
    fill(readFileSync(file, 'utf8'), 'faults', `${played}\n\n${kindsTable(cases)}`),
    'peers',
    `${compared}\n\n${peersTable(peers)}`,
  );
  writeFileSync(file, page);
}

function fill(page: string, name: string, content: string): string {
  const section = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`);
  if (!section.test(page)) {
    throw new Error(`The page has no markers for ${name}`);
  }
  return page.replace(section, () => `<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->`);
}
