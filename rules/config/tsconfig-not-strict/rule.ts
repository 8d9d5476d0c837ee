import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit } from '#api';
import { addEntries } from '../../_shared/addEntries.ts';
import { entryAt } from '../../_shared/dataMembers.ts';
import { startsLine } from '../../_shared/layout.ts';
import { lineAround } from '../../_shared/lineCuts.ts';
import { type Chain, Chains, holdsIn, isStrict, optionIn } from '../../_shared/project/tsconfigChains.ts';
import { STRICT_FAMILY, tsconfigFacet } from '../../_shared/project/tsconfigFacet.ts';
import { removeMember } from '../../_shared/removeMember.ts';

/** Options beyond the family that find mistakes. */
const BEYOND = ['noImplicitReturns', 'noUncheckedIndexedAccess'] as const;

/** Projects of tests, tools, documentation and generated code. */
const FOR_TESTS =
  /(?:^|[./_-])(?:tests?|specs?|jest|vitest|e2e|cypress|stories|storybook|eslint|lint|bench\w*|node|examples?|fixtures?|docs?|site|website|generated)(?=[./_-])/i;

/** Options that code made of decorators, or older than they are, often cannot keep. */
const MINOR: ReadonlySet<string> = new Set(['strictPropertyInitialization', 'useUnknownInCatchVariables']);

function addOptions(ctx: FixContext<unknown>, names: readonly string[]): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const object = entryAt(document.roots[0], 'compilerOptions')?.value;
  if (object?.kind !== 'object') return undefined;
  const members = names.map((name) => `"${name}": true`);
  return addEntries(ctx.text, object, members).map(({ span, text }) => ctx.replace(span, text));
}

/** Options of the strict family that this file switches off, which `strict` would leave off. */
function turnOnFamily(ctx: FixContext<unknown>): TextEdit[] {
  const { document } = ctx;
  if (document.language !== 'json') return [];
  const options = entryAt(document.roots[0], 'compilerOptions')?.value;
  return STRICT_FAMILY.flatMap((name) => {
    const value = entryAt(options, name)?.value;
    return value?.kind === 'scalar' && value.value === false ? [ctx.replace(value.span, 'true')] : [];
  });
}

const turnOn = (ctx: FixContext<unknown>, finding: Finding): TextEdit[] => [
  ctx.replace(finding, ctx.text.slice(finding.start, finding.end).replace(/false$/, 'true')),
  ...turnOnFamily(ctx),
];

function addStrict(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const added = addOptions(ctx, ['strict']);
  return added && [...turnOnFamily(ctx), ...added];
}

/** What may follow a setting in its line: a comma, and comments on either side of it. */
const REST =
  /^[ \t]*(?:\/\*(?:[^*\r\n]|\*(?!\/))*\*\/[ \t]*)?,?[ \t]*(?:\/\*(?:[^*\r\n]|\*(?!\/))*\*\/[ \t]*|\/\/[^\r\n]*)?\r?\n$/;

/** Takes a flag out with its line, and with the comment that ends it: what the compiler writes there explains the flag. */
function removeFlag(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const cuts = removeMember(ctx, finding);
  const line = lineAround(ctx.text, finding);
  const isLine = startsLine(ctx.text, finding.start) && REST.test(ctx.text.slice(finding.end, line.end));
  if (cuts === undefined || !isLine) return cuts;
  const [outside, inside] = [cuts.filter(({ end }) => end <= line.start), cuts.filter(({ end }) => end > line.start)];
  // More than the line goes where nothing else is set.
  if (inside.some(({ start }) => start < line.start)) return cuts;
  return [...outside, ctx.replace(line, '')];
}

/** Whether a chain is more than a list of projects, or of folders for the editor. */
function compiles(links: Chain['links']): boolean {
  const own = links[0]?.tsconfig;
  return own?.isSolution === false && links.some(({ tsconfig }) => tsconfig.compiles);
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'TypeScript projects whose compiler is not strict.',
    promise: 'The compiler checks all code strictly',
    appliesTo: 'everywhere',
    topics: [
      'strict mode',
      'tsconfig strict',
      'strictNullChecks',
      'noImplicitAny',
      'noUncheckedIndexedAccess',
      'noImplicitReturns',
    ],
    subject: ['compilerOptions'],
    references: [
      { title: 'TypeScript: strict', url: 'https://www.typescriptlang.org/tsconfig/#strict' },
      {
        title: 'TypeScript: noUncheckedIndexedAccess',
        url: 'https://www.typescriptlang.org/tsconfig/#noUncheckedIndexedAccess',
      },
    ],
    messages: {
      off: 'Without strict, every value may be null or of any type without a word of the compiler, and the errors come in production. Set it to true.',
      missing:
        'Nothing here sets strict, so every value may be null or of any type without a word of the compiler, and the errors come in production. Add "strict": true.',
      flag: '{flag} is off although strict is on, so the compiler no longer sees the mistakes it finds. Remove the setting.',
      minor: {
        text: '{flag} is off although strict is on, so the compiler no longer sees the mistakes it finds. Remove the setting.',
        priority: 'P3',
      },
      beyond: {
        text: 'Nothing sets {flags}, which strict leaves out: functions that forget to return and items that are not there go unnoticed. Add it.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [tsconfigFacet],
    check(ctx) {
      const facet = tsconfigFacet;
      const chains = new Chains([...ctx.all(facet)]);
      // Bases that several projects extend are reported once.
      const missing = new Set<string>();
      const reported = new Set<string>();
      const { referenced, projects } = chains;
      const isForTests = (path: string): boolean => FOR_TESTS.test(path.slice(ctx.root.length));
      for (const [path, own] of chains.all) {
        if (isForTests(path)) continue;
        const chain = chains.of(path);
        const strict = isStrict(chain);
        // What every project that extends a base sets otherwise does no harm.
        const users = (projects.get(path) ?? []).filter((user) => !isForTests(user)).map((user) => chains.of(user));
        const off = own.options['strict'];
        if (off?.on === false && users.some((user) => holdsIn(user, path, 'strict'))) {
          ctx.report({ path, facet, anchor: off.at }, 'off');
        }
        for (const flag of STRICT_FAMILY) {
          const option = own.options[flag];
          if (option?.on !== false) continue;
          if (!users.some((user) => isStrict(user) === true && holdsIn(user, path, flag))) continue;
          ctx.report({ path, facet, anchor: option.at }, MINOR.has(flag) ? 'minor' : 'flag', { flag });
        }
        // What the compiler is called with; a base says for all that extend it.
        const base = chain.links.at(-1);
        const isCompiled = path.endsWith('/tsconfig.json') || referenced.has(path);
        if (!isCompiled || base === undefined || !compiles(chain.links)) continue;
        if (chain.unknownAt !== undefined || chain.strictPresetAt !== undefined) continue;
        const at = { path: base.path, facet, anchor: base.tsconfig.at };
        const partly = optionIn(chain, 'strictNullChecks') === true && optionIn(chain, 'noImplicitAny') === true;
        const isMissing = strict === undefined && !partly && !chains.mayBeStrictByDefault(path);
        const beyond = BEYOND.filter((name) => optionIn(chain, name) === undefined);
        if (isMissing && !missing.has(base.path)) ctx.report(at, 'missing');
        if (beyond.length > 0 && !reported.has(base.path)) ctx.report(at, 'beyond', { flags: beyond.join(' and ') });
        if (isMissing) missing.add(base.path);
        if (beyond.length > 0) reported.add(base.path);
      }
    },
  },
  fixes: {
    // Code that was never read strictly has errors first.
    off: [{ title: 'Turn strict on', safety: 'suggest', edits: turnOn }],
    missing: [{ title: 'Turn strict on', safety: 'suggest', edits: addStrict }],
    flag: [{ title: 'Remove {flag}', safety: 'suggest', edits: removeFlag }],
    minor: [{ title: 'Remove {flag}', safety: 'suggest', edits: removeFlag }],
    beyond: [
      {
        title: 'Add {flags}',
        safety: 'suggest',
        edits: (ctx) => addOptions(ctx, String(ctx.data['flags']).split(' and ')),
      },
    ],
  },
});
