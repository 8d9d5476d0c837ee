/**
 * The files of a new rule, by path inside its folder. They are a whole rule that works and passes every check, about
 * `eval`, to be turned into the rule at hand.
 */
export function ruleTemplate(id: string): Readonly<Record<string, string>> {
  return {
    'rule.ts': `import { rule } from '#api';
import { z } from 'zod';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Calls of eval.',
    topics: ['eval'],
    references: [{ title: 'CWE-95', url: 'https://cwe.mitre.org/data/definitions/95.html' }],
    messages: {
      called: 'eval runs whatever text reaches it with all rights of this process. Parse the text instead.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      CallExpression(node, ctx) {
        if (ctx.header.resolve(node.expression) === 'global#eval') ctx.report(node.expression, 'called');
      },
    },
  },
});
`,
    'README.md': `# ${id}

## What

Reports calls of the global \`eval\`.

## Why

Text that becomes code can do everything the process can do. One path on which a user's text gets there is enough.

## Bad

\`\`\`ts bad
export const total = (formula: string): unknown => eval(formula);
\`\`\`

## Good

\`\`\`ts good
export const total = (amounts: string): number[] => JSON.parse(amounts);
\`\`\`

## Fix

None: what should happen instead depends on what the text is for.

## When it stays silent

A local function of the same name is somebody's own.

## Known misses

\`eval\` reached by a computed name.

## References

- [CWE-95](https://cwe.mitre.org/data/definitions/95.html)
`,
    'fixtures/bad.ts': `export function total(formula: string): unknown {
  return eval(formula);
  //     ^^^^ expect: called
}
`,
    'fixtures/good.ts': `function evaluate(formula: string, eval: (text: string) => number): number {
  return eval(formula);
}

export const two = evaluate('1 + 1', () => 2);
`,
    'fixtures/miss.ts': `// miss: the name is computed
const scope = globalThis as unknown as Record<string, (text: string) => unknown>;

export const total = (formula: string): unknown => scope['ev' + 'al']?.(formula);
`,
  };
}
