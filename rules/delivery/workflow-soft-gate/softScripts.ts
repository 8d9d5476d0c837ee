import { type Anchor, type DataDocument, type DataNode, type DataScalar, type FormatDocument, facet } from '#api';
import { entryAt, valueAt } from '../../_shared/dataMembers.ts';
import { type Command, commandsInJson } from '../../_shared/delivery/shell.ts';
import { taskCommands } from '../../_shared/delivery/taskFacet.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { isCompiler, isForWork } from '../../_shared/typeChecks.ts';
import { softFlags, swallowedChecks } from './commands.ts';
import { forgotten } from './forgotten.ts';
import { informs } from './gates.ts';
import { type SoftPlace, softInMakefile, softInScript } from './softRecipes.ts';
import { softInTaskfile } from './softTaskfile.ts';

/** A place in a script where a check cannot fail it. */
export interface SoftScript {
  /** The script of package.json, the target of a Makefile or project.json, or the task of a Taskfile; empty for a shell script. */
  readonly script: string;
  readonly at: Anchor;
  readonly message: SoftPlace['message'];
  readonly command: string;
}

type Found = SoftPlace & { readonly script: string };

/** Scripts that change something, watch, or show how a check fails. */
const NO_CHECK = /(?:^|[:_-])(?:watch|dev|start|serve|debug|fix|update|clean|generate|fail\w*|negative)(?:$|[:_-])/i;

/** Scripts, recipes and targets that end well although a check in them failed. */
export const softScriptsFacet = facet<never, readonly SoftScript[]>({
  name: 'delivery/soft-scripts',
  documents: {
    languages: ['json', 'shell', 'makefile', 'yaml'],
    fold(document, { path, at }) {
      const found = foundIn(document, path)
        .filter(({ script }) => !informs(script) && !NO_CHECK.test(script))
        .map(({ span, ...rest }) => ({ ...rest, at: at(span) }));
      return found.length === 0 ? undefined : found;
    },
  },
});

function foundIn(document: FormatDocument, path: string): readonly Found[] {
  if (document.language === 'shell') {
    const name = lastPart(path).replace(/\.\w+$/, '');
    const isLeftOut = informs(name) || NO_CHECK.test(name);
    return isLeftOut ? [] : softInScript(document).map((place) => ({ ...place, script: '' }));
  }
  if (document.language === 'makefile') {
    return softInMakefile(document).map(({ target, ...place }) => ({ ...place, script: target }));
  }
  if (document.language === 'yaml')
    return softInTaskfile(document).map(({ target, ...place }) => ({ ...place, script: target }));
  if (document.language !== 'json') return [];
  const [root] = document.roots;
  if (path.endsWith('/project.json')) return softTargets(document, valueAt(root, 'targets'));
  if (!path.endsWith('/package.json')) return [];
  return [
    ...softScripts(document),
    ...softTargets(document, valueAt(root, 'nx', 'targets') ?? valueAt(root, 'wireit')),
  ];
}

function softScripts({ text, roots: [root] }: DataDocument): readonly Found[] {
  const scripts = entryAt(root, 'scripts')?.value;
  if (scripts?.kind !== 'object') return [];
  return scripts.entries.flatMap(({ key, value }) => {
    if (value?.kind !== 'scalar' || typeof value.value !== 'string') return [];
    // `config/build-checks-disabled` reports what goes on behind the compiler, whatever runs it.
    const isElsewhere = (command: Command) => !isForWork(key) && isCompiler(command.text);
    return softInText(text, value, isElsewhere).map((one) => ({ ...one, script: key }));
  });
}

/** Tasks that write files, for others to run or to check: types are checked beside them. */
const EMITS = /build|compile|emit|bundle/i;

/** The same in the commands of tasks: targets of Nx, scripts of Wireit. */
function softTargets({ text }: DataDocument, targets: DataNode | undefined): readonly Found[] {
  if (targets?.kind !== 'object') return [];
  return targets.entries.flatMap(({ key, value }) =>
    taskCommands(value).flatMap((command) =>
      softInText(text, command, ({ text: written }) => EMITS.test(key) && isCompiler(written)).map((one) => ({
        ...one,
        script: key,
      })),
    ),
  );
}

/** Soft places in the command that a JSON text is. */
function softInText(
  text: string,
  { span, value }: DataScalar,
  isElsewhere: (command: Command) => boolean,
): readonly SoftPlace[] {
  if (!/;|\|\||\s--/.test(String(value))) return [];
  const commands = commandsInJson(text, span);
  return [
    ...swallowedChecks(text, commands, isElsewhere),
    ...forgotten(text, commands, isElsewhere),
    ...commands.flatMap((command) => softFlags(text, command)),
  ].flatMap(({ message, ...rest }) => (message === 'forced' ? [] : [{ ...rest, message }]));
}
