import { z } from 'zod';
import { type FileValue, type Finding, type FixContext, rule, type TextEdit } from '#api';
import { WORKFLOW_FACETS } from '../../_shared/delivery/workflowChecks.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { TSCONFIG } from '../../_shared/project/tsconfigBases.ts';
import { tsconfigFacet } from '../../_shared/project/tsconfigFacet.ts';
import { removeMember } from '../../_shared/removeMember.ts';
import { type BuildChecks, buildChecksFacet, type PackageChecks, type Setting, saysLint } from './buildChecks.ts';
import { emittingOnError } from './emitsOnError.ts';
import { commandsOfWorkflows } from './workflowCommands.ts';

const removeSetting = (ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined =>
  removeMember(ctx, finding, ['typescript', 'eslint']);

/** `noEmitOnError` holds unless a project asks for it, so it is set instead of removed. */
function stopEmitting(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  const text = ctx.text.slice(finding.start, finding.end);
  return [ctx.replace(finding, text.replace(/false$/, 'true'))];
}

/** Takes `|| true` away, and lets `;` go on only when all is well. */
function letFail(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  const blanks = /\s*$/.exec(ctx.text.slice(0, finding.start))?.[0].length ?? 0;
  const goesOn = ctx.text.slice(finding.start, finding.end) === ';';
  return [ctx.replace({ start: finding.start - blanks, end: finding.end }, goesOn ? ' &&' : '')];
}

/** Folders of programs that show something and are shipped to nobody. */
const EXAMPLE = /\/(?:examples?|demos?|samples?|playgrounds?|sandbox(?:es)?)\//i;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Builds that go through although their types or lint rules say no.',
    promise: 'Builds fail when types are wrong',
    topics: [
      'ignoreBuildErrors',
      'ignoreDuringBuilds',
      'noEmitOnError',
      'transpileOnly',
      'build type check',
      'type errors in builds',
    ],
    subject: ['next', 'tsc', 'typescript'],
    references: [
      {
        title: 'Next.js: TypeScript in builds',
        url: 'https://nextjs.org/docs/app/api-reference/config/next-config-js/typescript',
      },
      { title: 'TypeScript: noEmitOnError', url: 'https://www.typescriptlang.org/tsconfig/#noEmitOnError' },
    ],
    messages: {
      types:
        'The build goes through although types are wrong, and nothing else checks them, so what the compiler knows to fail is shipped. Remove the setting and correct the errors.',
      typesElsewhere: {
        text: 'The build goes through although types are wrong. Another step checks them; whoever builds without it ships the errors. Remove the setting unless the time matters.',
        priority: 'P3',
      },
      lint: {
        text: 'The build no longer lints, and nothing else does before code is merged, so rules that find mistakes hold for nobody. Remove the setting, or lint in a workflow.',
        priority: 'P1',
      },
      transpileOnly:
        'The loader strips types without checking them, and nothing else checks them, so what the compiler knows to fail is shipped. Remove the setting, or run tsc --noEmit before the build.',
      transpiled: {
        text: 'This build strips types without checking them, and no script or workflow checks them either, so what the compiler knows to fail is shipped. Run tsc --noEmit before it.',
        priority: 'P1',
      },
      swallowed:
        'The script goes on although {command} found errors, so what the compiler knows to fail is shipped. Let it end there.',
      emitsOnError: {
        text: 'The compiler writes JavaScript although types are wrong, ready to be shipped by whoever overlooks the errors. Set it to true.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [buildChecksFacet, tsconfigFacet, ...WORKFLOW_FACETS],
    check(ctx) {
      const facet = buildChecksFacet;
      const values = [...ctx.all(facet)];
      const workflows = values.flatMap(({ value }) => value.workflow ?? []);
      const typesInWorkflow = workflows.some(({ types }) => types);
      const lintInWorkflow = workflows.some(({ lint }) => lint) || commandsOfWorkflows(ctx).some(saysLint);
      const tsconfigs = [...ctx.all(tsconfigFacet)];
      for (const { path, at } of emittingOnError(tsconfigs, values)) {
        ctx.report({ path, facet: tsconfigFacet, anchor: at }, 'emitsOnError');
      }
      const projects = new Set(tsconfigs.flatMap(({ path }) => (TSCONFIG.test(path) ? [folderOf(path)] : [])));
      for (const { path, value } of values) {
        const packages = packagesAbove(path, values);
        const typesApart = typesInWorkflow || packages.some((one) => one.typesApart || one.hasChecker);
        for (const { setting, at } of value.settings ?? []) {
          const message = messageOf(setting, typesApart, lintInWorkflow || packages.some((one) => one.lintHook));
          if (message !== undefined) ctx.report({ path, facet, anchor: at }, message);
        }
        for (const { command, at } of value.package?.swallowed ?? []) {
          ctx.report({ path, facet, anchor: at }, 'swallowed', { command });
        }
        const unchecked =
          projects.has(folderOf(path)) &&
          !typesInWorkflow &&
          packages.some(({ hasTypeScript }) => hasTypeScript) &&
          !packages.some((one) => one.types || one.typesApart || one.hasChecker);
        if (!unchecked || EXAMPLE.test(path.slice(ctx.root.length))) continue;
        for (const { at } of value.package?.transpiled ?? []) ctx.report({ path, facet, anchor: at }, 'transpiled');
      }
    },
  },
  fixes: {
    types: [{ title: 'Let type errors fail the build', safety: 'safe', edits: removeSetting }],
    typesElsewhere: [{ title: 'Let type errors fail the build', safety: 'safe', edits: removeSetting }],
    lint: [{ title: 'Let the build lint', safety: 'safe', edits: removeSetting }],
    transpileOnly: [{ title: 'Check types in the build', safety: 'safe', edits: removeSetting }],
    swallowed: [{ title: 'Let the script fail', safety: 'safe', edits: letFail }],
    emitsOnError: [{ title: 'Write nothing while types are wrong', safety: 'safe', edits: stopEmitting }],
  },
});

function messageOf(
  setting: Setting,
  typesApart: boolean,
  lints: boolean,
): 'types' | 'typesElsewhere' | 'lint' | 'transpileOnly' | undefined {
  if (setting === 'lint') return lints ? undefined : 'lint';
  if (setting === 'types') return typesApart ? 'typesElsewhere' : 'types';
  return typesApart ? undefined : 'transpileOnly';
}

/** What the package of a file and those in the folders above say. */
function packagesAbove(path: string, values: readonly FileValue<BuildChecks>[]): readonly PackageChecks[] {
  return values.flatMap(({ path: other, value }) =>
    value.package !== undefined && path.startsWith(`${folderOf(other)}/`) ? [value.package] : [],
  );
}
