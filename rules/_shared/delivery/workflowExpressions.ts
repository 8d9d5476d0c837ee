import type { JobFacts, StepFacts, WorkflowFacts } from './workflowFacet.ts';

/** Values of `inputs.x` and `matrix.x` by these names; several where a matrix has several. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** Expressions of which each has several values make at most so many texts. */
const MAX_TEXTS = 32;
/** Longer texts are left as they are. */
const MAX_TEXT = 4000;

/** Writes `${{ inputs.x }}` without blanks, so that an expression is one word of a command. */
export function withoutBlanks(text: string): string {
  return text.replace(/\$\{\{\s*([\w.[\]'-]+)\s*\}\}/g, (_, inner: string) => `\${{${inner}}}`);
}

/** A text with all values that its expressions may have; expressions that are not known stay. */
export function filled(text: string, values: Values): readonly string[] {
  if (!text.includes('${{') || values.size === 0 || text.length > MAX_TEXT) return [text];
  let texts: readonly string[] = [text];
  for (const [expression, name = ''] of text.matchAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g)) {
    const known = values.get(name);
    if (known === undefined || known.length === 0) continue;
    texts = texts.flatMap((one) => known.map((value) => one.replaceAll(expression, value))).slice(0, MAX_TEXTS);
  }
  return texts;
}

/** Whether a condition that asks for nothing but an input never holds: `inputs.lint`, `inputs.lint == true`. */
export function isNever(condition: string, values: Values): boolean {
  const [, not, name = '', operator, wanted] =
    /^(?:\$\{\{)?\s*(!)?\s*([\w.-]+)\s*(?:([!=]=)\s*'?(true|false)'?)?\s*(?:\}\})?$/.exec(condition) ?? [];
  const known = values.get(name);
  if (!name.startsWith('inputs.') || known?.length !== 1) return false;
  const [value = ''] = known;
  // Nothing is given where a truth value is asked for: that is false.
  const isOn = value !== '' && value !== 'false';
  const isEqual = operator === undefined || isOn === (wanted === 'true');
  const holds = operator === undefined ? isOn : operator === '==' ? isEqual : !isEqual;
  return not === undefined ? !holds : holds;
}

/** What `inputs.x` stands for in an action or a workflow, by what it is given and by its defaults. */
export function inputValues({ inputs }: WorkflowFacts, given: StepFacts['inputs'], values: Values): Values {
  return new Map(
    Object.entries({ ...inputs, ...given }).map(([name, text]) => [`inputs.${name}`, filled(text, values)] as const),
  );
}

/** Adds what `matrix.x` stands for. */
export function jobValues({ matrix }: JobFacts, inputs: Values): Values {
  const entries = Object.entries(matrix).map(([name, texts]) => [`matrix.${name}`, texts] as const);
  return entries.length === 0 ? inputs : new Map([...inputs, ...entries]);
}
