import type { Reporter } from './reporter.ts';

/** Version of this format; it changes when a field changes its meaning or goes away. */
const FORMAT_VERSION = 1;

export const json: Reporter = ({ findings, stats }) => {
  const shown = findings.map(({ rule, priority, path, line, column, endLine, endColumn, message, fix }) => ({
    rule,
    priority,
    path,
    line,
    column,
    endLine,
    endColumn,
    message,
    ...(fix !== undefined && { fix }),
  }));
  return `${JSON.stringify({ version: FORMAT_VERSION, findings: shown, stats }, undefined, 2)}\n`;
};
