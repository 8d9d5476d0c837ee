import { cell } from './describe.ts';
import type { LoadedRule } from './loadRules.ts';
import { type Comparison, PEERS, type PeerCase, type PeerTools } from './peers.ts';

const intro = `## What other tools document

What hadolint, actionlint and zizmor document for content that rules here read as well. Nothing of theirs was run: *there* is what
their documentation says, *here* what the named fixture shows, and a test holds the table against the fixtures.`;

/** The comparison with other tools: one table of all cases, then what only they have. */
export function peersSection(loaded: readonly LoadedRule[], tools: PeerTools): string {
  const rows = loaded.flatMap(({ rule, folder: { path, peers } }) => {
    if (peers === undefined) return [];
    if ('none' in peers) return [`| ${rule.id} | – | ${cell(peers.none)} | | | | |`];
    return peers.flatMap((comparison) => comparison.cases.map((each) => row(rule.id, path, comparison, each, tools)));
  });
  const table = [
    '| Rule | Theirs | In the file | There | Here | Why they differ | Shown by |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  return [intro, sources(tools), table, '### Theirs alone', alone(tools)].join('\n\n');
}

function row(
  id: string,
  folder: string,
  { tool, rule, under }: Comparison,
  { when, there, here, why = '', fixture }: PeerCase,
  tools: PeerTools,
): string {
  const theirs = `[${tool} ${rule}](${tools[tool].documentation.replace('{rule}', rule)})`;
  const said = there === 'reports' && under !== undefined ? `reports, ${under}` : there;
  const own = here === 'silent' ? here : `\`${here}\``;
  return `| ${id} | ${theirs} | ${cell(when)} | ${cell(said)} | ${own} | ${cell(why)} | [${fixture}](../${folder}/fixtures) |`;
}

function sources(tools: PeerTools): string {
  const read = PEERS.map((name) => `${name}: ${tools[name].from}, as of ${tools[name].day} (${tools[name].commit})`);
  return `Read were, of ${read.join('; of ')}.`;
}

function alone(tools: PeerTools): string {
  return PEERS.flatMap((name) =>
    tools[name].others.map(({ why, rules }) => `- ${name}: ${why}: ${rules.map((rule) => `\`${rule}\``).join(', ')}.`),
  ).join('\n');
}
