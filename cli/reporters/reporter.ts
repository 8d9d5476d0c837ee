import type { Report } from '../report.ts';
import type { Terminal } from '../terminal.ts';

/** Writes a finished run in one format. */
export type Reporter = (report: Report, terminal: Pick<Terminal, 'width' | 'colors'>) => string;
