import type { ReportModel } from './model/report.ts';

/** The whole report as data; nothing is cut. */
export function reportJson(model: ReportModel): string {
  return `${JSON.stringify(model, undefined, 2)}\n`;
}
