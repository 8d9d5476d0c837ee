import { appendFileSync } from 'node:fs';
import { type Report, reportVariable } from '../host/results.ts';

const file = process.env[reportVariable];

/** Tells the process that started VS Code. */
export function report(line: Report): void {
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}
