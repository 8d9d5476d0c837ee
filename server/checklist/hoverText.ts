import type { Evidence, JudgedItem } from '#engine/checklist/view.ts';
import { ruleUrl } from '#protocol/links.ts';
import { verdictWords } from '#protocol/verdicts.ts';
import { asMarkdown } from '../convert/markdown.ts';
import type { Texts } from '../convert/texts.ts';

/** Places named of one rule; the tree has all of them. */
const MOST_PLACES = 5;

const states = {
  findings: '',
  clean: 'it looked and found nothing',
  nothing: 'nothing of the kind is in the workspace',
  unknown: 'it cannot tell',
};

/** What is known about an item, as Markdown: the verdict, why, and each rule's word with the places to look at. */
export function hoverText(judged: JudgedItem, root: string, texts: Texts): string {
  const { verdict, why, evidence, gate, item, beneath } = judged;
  const word = verdictWords[verdict];
  // Some sentences begin with the word.
  const said = why.startsWith(word) ? asMarkdown(why.slice(word.length)) : ` · ${asMarkdown(why)}`;
  const parts = [`**${word}**${said}`];
  if (beneath !== verdict) parts.push(`Without the waiver: ${verdictWords[beneath].toLowerCase()}.`);
  const decisive = evidence.filter(({ kind }) => kind !== 'related');
  const related = evidence.filter(({ kind }) => kind === 'related');
  parts.push(...decisive.map((one) => evidenceText(one, root, texts)));
  if (related.length > 0) parts.push(`Related: ${related.map(({ rule }) => ruleLink(rule)).join(', ')}`);
  if (item.gate?.command !== undefined) {
    const ended =
      gate === undefined
        ? 'nobody has run it'
        : gate.exitCode === undefined
          ? asMarkdown(gate.problem)
          : `exit code ${gate.exitCode} on ${gate.at.slice(0, 16).replace('T', ' ')}${gate.commit && ` at ${gate.commit.slice(0, 12)}`}`;
    parts.push(`Gate ${code(item.gate.command)}: ${ended}`);
  }
  return parts.join('\n\n');
}

function evidenceText({ rule, state, why, findings, elsewhere }: Evidence, root: string, texts: Texts): string {
  const all = [...findings, ...elsewhere];
  if (all.length === 0) return `${ruleLink(rule)}: ${why ? asMarkdown(why) : states[state]}`;
  const places = all.slice(0, MOST_PLACES).map(({ path, line, message }) => {
    const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
    return `- [${asMarkdown(name)}:${line}](${texts.uri(path)}#L${line}) ${asMarkdown(message)}`;
  });
  const more = all.length - places.length;
  const count = `${all.length} ${all.length === 1 ? 'finding' : 'findings'}`;
  return [`${ruleLink(rule)}: ${count}`, ...places, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

function ruleLink(rule: string): string {
  return `[${rule}](${ruleUrl(rule)})`;
}

/** A command line as code, whatever backticks it has. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence} ${text} ${fence}`;
}
