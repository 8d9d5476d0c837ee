import type { MakefileDocument, MakeRule, ShellDocument, Span } from '#api';
import { judges } from '../../_shared/delivery/deciding.ts';
import { expanded, type MakeVariables, makeVariables } from '../../_shared/delivery/makeVariables.ts';
import { recipeLine } from '../../_shared/delivery/recipeFacet.ts';
import { lostInScript, type ScriptCommand, scriptCommands } from '../../_shared/delivery/scriptCommands.ts';
import type { Command } from '../../_shared/delivery/shell.ts';
import { shownCommand, softFlags, swallowedChecks } from './commands.ts';
import { forgotten } from './forgotten.ts';
import { isGate, saysMayFail } from './gates.ts';

/** A place in a shell script, or in a recipe of a Makefile or Taskfile, where a check cannot fail it. */
export interface SoftPlace {
  readonly span: Span;
  readonly message: 'swallowed' | 'lost' | 'lostLine' | 'ignored' | 'ignoresErrors' | 'noTests' | 'passes';
  readonly command: string;
}

/** Finds checks of a shell script that runs whatever happens, and cannot fail it. */
export function softInScript(script: ShellDocument): readonly SoftPlace[] {
  const { text } = script;
  const commands = scriptCommands(script);
  const conditional = new Set<Command>(
    commands.filter(({ isConditional, start, end }) => isConditional || saysMayFail(aroundLines(text, start, end))),
  );
  return [
    ...swallowedChecks(text, commands, (command) => conditional.has(command)),
    ...lostLines(script, commands).filter(({ span }) => !saysMayFail(aroundLines(text, span.start, span.end))),
    ...commands.flatMap((command) => (conditional.has(command) ? [] : softFlags(text, command))),
  ].flatMap(({ message, ...rest }) => (message === 'forced' ? [] : [{ ...rest, message }]));
}

/** The lines of a place, with the one above. */
export function aroundLines(text: string, start: number, end: number): string {
  const line = text.lastIndexOf('\n', start - 1);
  const last = text.indexOf('\n', end);
  return text.slice(text.lastIndexOf('\n', line - 1) + 1, last < 0 ? text.length : last);
}

/** Ends a script with what came before it, or asks what that was. */
const HANDS_ON = /^(?:exit|return|wait|fail|die)\b/;

/** Checks that a script forgets because it does not stop at failures and goes on behind them. */
function lostLines(script: ShellDocument, commands: readonly ScriptCommand[]): readonly SoftPlace[] {
  const lost = lostInScript(script, commands);
  return commands.slice(0, lost + 1).flatMap((command, index): readonly SoftPlace[] => {
    const next = commands[index + 1];
    if (command.isConditional || !isGate(command.text) || /&$/.test(command.text) || next === undefined) return [];
    let last = index;
    while (commands[last]?.operator === '&&') last++;
    const end = commands[last];
    if (end === undefined || !/^[;\n]$/.test(end.operator)) return [];
    const rest = commands.slice(last + 1);
    if (judges(rest) || (HANDS_ON.test(rest[0]?.text ?? '') && rest[0]?.text !== 'exit 0')) return [];
    return [{ span: { start: command.start, end: end.end }, message: 'lostLine', command: shownCommand(command) }];
  });
}

/** A soft place with the target that it belongs to. */
export type SoftTarget = SoftPlace & { readonly target: string };

/** Finds checks in recipes of a Makefile that cannot fail their target. */
export function softInMakefile(document: MakefileDocument): readonly SoftTarget[] {
  const { rules, variables } = document;
  // The lines of a recipe are one script then.
  if (rules.some(({ targets }) => targets.includes('.ONESHELL'))) return [];
  const known = makeVariables(document);
  const isStrict = variables.some(({ name, value }) => name === '.SHELLFLAGS' && /(?:^|\s)-\w*e/.test(value));
  return rules.flatMap((rule) =>
    rule.isConditional || isMeant(document, rule)
      ? []
      : softInRule(document, rule, known, isStrict).flatMap((place) =>
          rule.targets
            .flatMap((target) => expanded(target, known).split(/\s+/))
            .filter((target) => !/[%$]/.test(target))
            .map((target) => ({ ...place, target })),
        ),
  );
}

/** Whether a comment in front of a rule, or in it, says that it may fail. */
function isMeant({ text, comments }: MakefileDocument, { span }: MakeRule): boolean {
  const lines = text
    .slice(Math.max(0, span.start - 300), span.start)
    .split('\n')
    .reverse()
    .slice(1);
  const above = lines.findIndex((line) => !line.startsWith('#'));
  return (
    saysMayFail(lines.slice(0, above < 0 ? lines.length : above).join('\n')) ||
    comments.some(({ start, end }) => start >= span.start && start <= span.end && saysMayFail(text.slice(start, end)))
  );
}

function softInRule(
  document: MakefileDocument,
  rule: MakeRule,
  known: MakeVariables,
  isStrict: boolean,
): readonly SoftPlace[] {
  const { text } = document;
  return rule.recipe.flatMap(({ span, isConditional }): readonly SoftPlace[] => {
    const { commands, isIgnored } = recipeLine(document, span, known);
    if (isConditional) return [];
    const found = [
      ...swallowedChecks(text, commands),
      ...(isStrict ? [] : forgotten(text, commands, () => false)),
      ...commands.flatMap((command) => softFlags(text, command)),
    ].flatMap(({ message, ...rest }) => (message === 'forced' ? [] : [{ ...rest, message }]));
    const gate = isIgnored
      ? commands.find(({ text: written, operator }) => isGate(written) && operator !== '|')
      : undefined;
    const at = text.indexOf('-', span.start);
    return gate === undefined
      ? found
      : [...found, { span: { start: at, end: at + 1 }, message: 'ignored', command: shownCommand(gate) }];
  });
}
