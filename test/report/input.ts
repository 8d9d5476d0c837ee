import type { ReportInput } from '#report/index.ts';
import { rules } from '#rules/index.generated.ts';
import { judge, root, workspaceOf } from '../checklist/judgeWorkspace.ts';

/** What a report of these files is made of, with their findings and judged checklists. */
export async function inputOf(
  files: Readonly<Record<string, string>>,
  more: Partial<ReportInput> = {},
): Promise<ReportInput> {
  const workspace = await judge(workspaceOf(files));
  const paths = Object.keys(files);
  const findings = paths.flatMap((path) =>
    workspace.findings(`${root}/${path}`).map(({ rule, priority, message, start }) => {
      const before = (files[path] ?? '').slice(0, start).split('\n');
      return { rule, priority, message, path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    }),
  );
  return {
    name: 'harbour',
    root,
    at: '2026-06-01T08:30:00.000Z',
    commit: '1234567890abcdef1234567890abcdef12345678',
    toolVersion: '0.1.0',
    view: workspace.checklist(),
    findings,
    rules,
    files: paths.length,
    history: [],
    troubles: [],
    base: '',
    ...more,
  };
}

/** A service that breaks one promise and keeps another. */
export const harbour: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "harbour", "dependencies": { "express": "^5.0.0" } }',
  'src/gate.ts': [
    "import type { NextFunction, Request, Response } from 'express';",
    "import { isGenuine } from './tokens.ts';",
    'export function authenticate(req: Request, res: Response, next: NextFunction): void {',
    "  if (process.env.BYPASS_AUTH === 'true') {",
    '    next();',
    '    return;',
    '  }',
    '  if (!isGenuine(req.headers.authorization)) {',
    '    res.status(401).end();',
    '    return;',
    '  }',
    '  next();',
    '}',
    '',
  ].join('\n'),
  'src/frame.ts': "export const frame = document.createElement('iframe');\nframe.sandbox.add('allow-scripts');\n",
  'READINESS.md': [
    '# Readiness',
    '',
    '## P0',
    '- [x] **Nobody gets past the gate** <!-- airworthy: security/env-auth-bypass -->',
    '- [x] **Frames stay in their sandbox** <!-- airworthy: security/iframe-sandbox-escape -->',
    '- [x] **Tides were asked about**',
    '',
    '## Human Tasks',
    '- [ ] Ask the harbour master',
    '',
  ].join('\n'),
};
