import { DiagnosticSeverity, languages, workspace } from 'vscode';
import type { Priority } from '#protocol/checklist.ts';
import type { ShownFinding } from './groups.ts';

const priorities: Readonly<Record<DiagnosticSeverity, Priority>> = {
  [DiagnosticSeverity.Error]: 'P0',
  [DiagnosticSeverity.Warning]: 'P1',
  [DiagnosticSeverity.Information]: 'P2',
  [DiagnosticSeverity.Hint]: 'P3',
};

/** All findings of the Problems panel that are ours. */
export function collectFindings(): readonly ShownFinding[] {
  return languages.getDiagnostics().flatMap(([uri, diagnostics]) => {
    const own = diagnostics.filter(({ source }) => source === 'airworthy');
    if (own.length === 0) return [];
    const path = workspace.asRelativePath(uri);
    return own.map(
      ({ range, code, message, severity }): ShownFinding => ({
        uri: uri.toString(),
        path,
        line: range.start.line,
        character: range.start.character,
        rule: String(typeof code === 'object' ? code.value : (code ?? '')),
        message,
        priority: priorities[severity],
      }),
    );
  });
}
