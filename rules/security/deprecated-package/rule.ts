import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { removeMember } from '../../_shared/removeMember.ts';
import { deprecatedIn, type Found } from './dependencies.ts';

function foundAt(ctx: FixContext<unknown>, finding: Finding): Found | undefined {
  return ctx.document.language === 'json'
    ? deprecatedIn(ctx.document).find(({ entry }) => entry.span.start === finding.start)
    : undefined;
}

/** Names the successor where it is one package that does the same. */
function takeSuccessor(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const found = foundAt(ctx, finding);
  const { successor, range } = found?.kind === 'package' ? found.notice : {};
  if (found === undefined || successor === undefined || range === undefined) return undefined;
  // It is there already.
  if (ctx.text.includes(`"${successor}"`)) return removeMember(ctx, finding);
  return [ctx.replace(found.entry.span, `"${successor}": "${range}"`)];
}

const instead = [{ title: 'Depend on {successor} instead', safety: 'suggest', edits: takeSuccessor }] as const;
/** Other package managers refuse to install what their lock file does not say word for word; npm takes what is left. */
const LOCKED = ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

function isLocked(ctx: FixContext<unknown>): boolean {
  for (let folder = folderOf(ctx.path); folder !== ''; folder = folderOf(folder)) {
    if (LOCKED.some((name) => ctx.exists(`${folder}/${name}`))) return true;
  }
  return false;
}

const remove = (ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined => removeMember(ctx, finding);

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Dependencies that are deprecated, abandoned, or part of the platform by now.',
    promise: 'No dependency is deprecated or abandoned',
    appliesTo: 'everywhere',
    topics: [
      'deprecated package',
      'deprecated packages',
      'deprecated dependencies',
      'abandoned packages',
      'unmaintained dependencies',
      'xss-clean',
      'csurf',
    ],
    subject: ['dependencies', 'devDependencies'],
    references: [
      {
        title: 'CWE-1104: Use of Unmaintained Third Party Components',
        url: 'https://cwe.mitre.org/data/definitions/1104.html',
      },
      {
        title: 'npm: deprecating packages',
        url: 'https://docs.npmjs.com/deprecating-and-undeprecating-packages-or-package-versions',
      },
      {
        title: 'OWASP Top 10: Vulnerable and Outdated Components',
        url: 'https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/',
      },
    ],
    messages: {
      deprecated:
        '{name} is {kind} and gets no corrections, so a hole found in it stays open in what you ship. Move to {successor}.',
      tool: {
        text: '{name} is {kind} and gets no corrections. Move to {successor} before it stands in the way of an update.',
        priority: 'P3',
      },
      incompatible:
        '{name} does not work with this version of {other}: it writes to what has become read-only, and every request fails. Take it out and check input with a schema.',
      builtin: {
        text: 'Node has {name} built in and never loads this package, which is a placeholder or somebody else’s. Take it out.',
        priority: 'P2',
      },
      stub: {
        text: '{library} has types of its own in this version, so {name} adds nothing or says something older. Take it out.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({
    allowed: z.array(z.string()).default([]).describe('Packages that are known to be deprecated and stay for now.'),
  }),
  documents: {
    languages: ['json'],
    matches: (path) => path.endsWith('/package.json'),
    check({ document, options, report }) {
      if (document.language !== 'json') return;
      for (const found of deprecatedIn(document)) {
        const { key: name, span } = found.entry;
        if (options.allowed.includes(name)) continue;
        if (found.kind === 'stub') {
          report(span, 'stub', { name, library: found.library });
          continue;
        }
        const { kind = 'deprecated', successor = '', with: other = '' } = found.notice;
        if (kind === 'incompatible') report(span, 'incompatible', { name, other });
        else if (kind === 'builtin') report(span, 'builtin', { name });
        else report(span, found.shipped ? 'deprecated' : 'tool', { name, kind, successor });
      }
    },
  },
  fixes: {
    deprecated: instead,
    tool: instead,
    incompatible: [{ title: 'Take {name} out', safety: 'suggest', edits: remove }],
    // Bundlers may take the placeholder for the real thing.
    builtin: [{ title: 'Take {name} out', safety: 'suggest', edits: remove }],
    stub: [
      { title: 'Take {name} out', safety: 'safe', edits: (ctx, at) => (isLocked(ctx) ? undefined : remove(ctx, at)) },
      {
        title: 'Take {name} out',
        safety: 'suggest',
        edits: (ctx, at) => (isLocked(ctx) ? remove(ctx, at) : undefined),
      },
    ],
  },
});
