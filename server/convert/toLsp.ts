import {
  CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding, FixEdit, Priority } from '#api';
import type { ConfigProblem } from '#engine/config/types.ts';
import { SUPPRESSION_RULES } from '#engine/suppressions/index.ts';
import { ruleUrl } from '#protocol/links.ts';
import type { FindingData } from '#protocol/messages.ts';
import type { ClientProfile } from '../client.ts';
import type { Lines } from './lines.ts';
import type { Texts } from './texts.ts';

/** Shown in front of each diagnostic. */
export const source = 'airworthy';

const severities: Readonly<Record<Priority, DiagnosticSeverity>> = {
  P0: DiagnosticSeverity.Error,
  P1: DiagnosticSeverity.Warning,
  P2: DiagnosticSeverity.Information,
  P3: DiagnosticSeverity.Hint,
};

/** Findings about something that can go without loss; editors fade it. */
const unnecessary: ReadonlySet<string> = new Set([SUPPRESSION_RULES.unused]);

export function findingData(finding: Finding, version: number): FindingData {
  const { rule, messageId, start, end } = finding;
  return { rule, messageId, version, start, end };
}

export function toDiagnostic(
  finding: Finding,
  version: number,
  lines: Lines,
  client: ClientProfile,
  texts: Texts,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: lines.range(finding),
    severity: severities[finding.priority],
    code: finding.rule,
    source,
    message: finding.message,
  };
  if (client.codeDescription) diagnostic.codeDescription = { href: ruleUrl(finding.rule) };
  if (client.diagnosticTags && unnecessary.has(finding.rule)) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (client.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.flatMap(({ path, span, label }) => {
      const range = texts.lines(path)?.range(span);
      return range === undefined ? [] : [{ location: { uri: texts.uri(path), range }, message: label }];
    });
  }
  if (client.diagnosticData) diagnostic.data = findingData(finding, version);
  return diagnostic;
}

export function problemDiagnostic(problem: ConfigProblem, lines: Lines): Diagnostic {
  return {
    range: lines.range(problem.span),
    severity: DiagnosticSeverity.Error,
    code: 'configuration',
    source,
    message: problem.message,
  };
}

/** Says at the top of a document why nothing else is said about it. */
export function skippedDiagnostic(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: DiagnosticSeverity.Information, code: 'skipped', source, message };
}

/** Where edits go and what they may consist of. */
export interface EditTarget {
  readonly client: ClientProfile;
  readonly texts: Texts;
  /** Version of an open document, `undefined` for one that is not open. */
  versionOf(path: string): number | undefined;
}

/**
 * Edits of a fix as one workspace edit that a client applies as a whole. Documents that are open carry the version the
 * edits were made for, so that a client refuses them when it has moved on. `undefined` when the client cannot do it or a
 * document is gone.
 */
export function toWorkspaceEdit(edits: readonly FixEdit[], target: EditTarget): WorkspaceEdit | undefined {
  const creates = edits.filter((edit) => 'create' in edit);
  const created = new Set(creates.map((edit) => edit.path));
  const byPath = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const list = byPath.get(edit.path) ?? [];
    byPath.set(edit.path, list);
    if ('create' in edit) {
      const start = { line: 0, character: 0 };
      list.push({ range: { start, end: start }, newText: edit.create });
      continue;
    }
    const lines = target.texts.lines(edit.path);
    if (lines === undefined || created.has(edit.path)) return undefined;
    list.push({ range: lines.range(edit), newText: edit.newText });
  }
  if (byPath.size === 0) return undefined;
  if (!target.client.documentChanges) {
    if (created.size > 0) return undefined;
    return { changes: Object.fromEntries([...byPath].map(([path, list]) => [target.texts.uri(path), list])) };
  }
  if (created.size > 0 && !target.client.createFiles) return undefined;
  return {
    documentChanges: [
      ...[...created].map((path) => CreateFile.create(target.texts.uri(path), { overwrite: false })),
      ...[...byPath].map(([path, list]) =>
        TextDocumentEdit.create({ uri: target.texts.uri(path), version: target.versionOf(path) ?? null }, list),
      ),
    ],
  };
}
