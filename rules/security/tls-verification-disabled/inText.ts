import type { DataDocument, DataNode, DockerDocument, DotenvDocument, Span } from '#api';
import { SWITCH } from './inSource.ts';

/** The switch in a command or in a value of the environment. */
const IN_COMMAND = /\bNODE_TLS_REJECT_UNAUTHORIZED=(?:"0"|'0'|0)(?=$|[\s;&"'|])|\bstrict-ssl(?:\s+|=)false\b/g;

/** Longer texts are data, not commands. */
const MAX_COMMAND = 20_000;

export function inDotenv(document: DotenvDocument): readonly Span[] {
  return document.entries.filter(({ key, value }) => key === SWITCH && value.trim() === '0').map(({ span }) => span);
}

export function inDockerfile(document: DockerDocument): readonly Span[] {
  return document.instructions.flatMap(({ keyword, argument, argumentSpan }) => {
    if (keyword !== 'ENV' && keyword !== 'ARG' && keyword !== 'RUN' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT')
      return [];
    if (keyword === 'ENV' && new RegExp(`^${SWITCH}\\s+0$`).test(argument)) return [argumentSpan];
    return inCommand(document.text, argumentSpan);
  });
}

/** Entries and items of compose files, workflows, manifests, scripts and launch settings. */
export function inData(document: DataDocument): readonly Span[] {
  return document.roots.flatMap((root) => walk(document.text, root, 0));
}

/** Scripts, jobs and services of these names talk to machines that are made for them. */
function isForTests(key: string): boolean {
  return /(?:^|[:_-])(?:tests?|e2e|spec|dev|develop|local|cypress|playwright)(?:$|[:_-])/i.test(key);
}

function walk(text: string, node: DataNode, depth: number): readonly Span[] {
  if (depth > 40 || node.definition !== undefined) return [];
  if (node.kind === 'array') return node.items.flatMap((item) => walk(text, item, depth + 1));
  if (node.kind === 'scalar') return typeof node.value === 'string' ? inCommand(text, node.span) : [];
  const named = node.entries.find(({ key }) => key === 'name')?.value;
  return node.entries.flatMap(({ key, value, span, merged }) => {
    if (value === undefined || merged || isForTests(key)) return [];
    const isSwitch = key === SWITCH || (key === 'value' && named?.kind === 'scalar' && named.value === SWITCH);
    if (isSwitch && value.kind === 'scalar') return String(value.value) === '0' ? [span] : [];
    return walk(text, value, depth + 1);
  });
}

function inCommand(text: string, { start, end }: Span): readonly Span[] {
  if (end - start > MAX_COMMAND) return [];
  return [...text.slice(start, end).matchAll(IN_COMMAND)].flatMap((match) => {
    const from = start + match.index;
    const before = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
    // Commented out.
    return /(?:^|\s)#/.test(before) ? [] : [{ start: from, end: from + match[0].length }];
  });
}
