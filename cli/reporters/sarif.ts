import type { Priority } from '#engine/api/finding.ts';
import type { RegisteredRule } from '#engine/api/rule.ts';
import { hashText } from '#engine/config/stableHash.ts';
import { fileUrl } from '#host/paths.ts';
import { ruleUrl } from '#protocol/links.ts';
import type { ReportedFinding, ReportedPlace } from '../report.ts';
import type { Reporter } from './reporter.ts';

const LEVELS: Readonly<Record<Priority, 'error' | 'warning' | 'note'>> = {
  P0: 'error',
  P1: 'warning',
  P2: 'note',
  P3: 'note',
};

/** What code scanning services rank by; the scale is theirs, 0 to 10. */
const SECURITY_SEVERITY: Readonly<Record<Priority, string>> = { P0: '9.0', P1: '7.0', P2: '5.0', P3: '2.0' };

/** SARIF 2.1.0, as code scanning services read it. */
export const sarif: Reporter = (report) => {
  const used = report.rules.filter(({ id }) => report.findings.some(({ rule }) => rule === id));
  const index = new Map(used.map(({ id }, position) => [id, position]));
  const counts = new Map<string, number>();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Airworthy',
            semanticVersion: report.toolVersion,
            informationUri: 'https://github.com/airworthy/airworthy',
            rules: used.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { uri: `${fileUrl(report.cwd)}/` } },
        invocations: [
          {
            executionSuccessful: report.troubles.length === 0,
            toolExecutionNotifications: report.troubles.map(({ path, message }) => ({
              level: 'error',
              message: { text: message },
              locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            })),
            toolConfigurationNotifications: report.configProblems.map((problem) => ({
              level: 'error',
              message: { text: problem.message },
              locations: [location(problem)],
            })),
          },
        ],
        results: report.findings.map((finding) => result(finding, index.get(finding.rule), fingerprint(finding))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;

  /** Stays the same while code above moves, so that services recognise a finding: file, rule, line's text, and which one. */
  function fingerprint(finding: ReportedFinding): string {
    const line = report.lines(finding.path)?.textOf(finding.line).trim() ?? '';
    const key = `${finding.path}\n${finding.rule}\n${line}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return `${hashText(key)}:${count}`;
  }
};

function descriptor({ id, category, meta }: RegisteredRule) {
  return {
    id,
    name: id,
    shortDescription: { text: meta.summary },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: LEVELS[meta.priority] },
    properties: {
      tags: [category],
      priority: meta.priority,
      ...(category === 'security' && { 'security-severity': SECURITY_SEVERITY[meta.priority] }),
    },
  };
}

function result(finding: ReportedFinding, ruleIndex: number | undefined, lineHash: string) {
  return {
    ruleId: finding.rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[finding.priority],
    message: { text: finding.message },
    locations: [location(finding)],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((place, id) => ({
        id,
        ...location(place),
        message: { text: place.label },
      })),
    }),
    partialFingerprints: { primaryLocationLineHash: lineHash },
    properties: { priority: finding.priority, ...(finding.fix !== undefined && { fix: finding.fix }) },
  };
}

function location({ path, line, column, endLine, endColumn }: ReportedPlace) {
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

/** Paths outside the current folder have no base they could be relative to. */
function artifact(path: string) {
  if (path.startsWith('../') || /^(?:\/|[A-Za-z]:)/.test(path)) return { uri: encodePath(path) };
  return { uri: encodePath(path), uriBaseId: 'SRCROOT' };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
