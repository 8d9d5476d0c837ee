import { reportHtml } from './html/page.ts';
import type { ReportInput } from './input.ts';
import { reportJson } from './json.ts';
import { reportMarkdown } from './markdown.ts';
import { buildReport } from './model/build.ts';

export type { FoundPlace, ReportInput, ReportTrouble } from './input.ts';

/** What a report can be written as. */
const reportFormats = ['html', 'markdown', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Writes a report. The same input gives the same text. */
export function renderReport(format: ReportFormat, input: ReportInput): string {
  const model = buildReport(input);
  switch (format) {
    case 'html':
      return reportHtml(model, input.base);
    case 'markdown':
      return reportMarkdown(model, input.base);
    case 'json':
      return reportJson(model);
  }
}
