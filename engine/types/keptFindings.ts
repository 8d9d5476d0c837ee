import { appendMoved, type RawFinding } from '../incremental/rawFinding.ts';
import { fingerprint } from './fingerprint.ts';
import type { UnitFindings } from './runTypes.ts';

/**
 * Findings at their places in a whole text, for a document whose findings cannot follow nodes: nobody has it open, or it
 * was opened or closed after it was analysed. Good for one version of the document.
 */
export interface KeptFindings {
  readonly version: string;
  /** Fingerprint, to know the text again under another version. */
  readonly text: string;
  /** Sorted by place. */
  readonly findings: readonly RawFinding[];
}

/** `undefined` when there is nothing to keep. */
export function keepFindings(version: string, text: string, findings: readonly RawFinding[]): KeptFindings | undefined {
  return findings.length === 0 ? undefined : { version, text: fingerprint(text), findings };
}

/** The same findings under the version that the text has now; `undefined` when it is another text. */
export function keptUnder(
  kept: KeptFindings | undefined,
  version: string,
  text: string | undefined,
): KeptFindings | undefined {
  if (kept === undefined || text === undefined || fingerprint(text) !== kept.text) return undefined;
  return { ...kept, version };
}

/** What units found, with absolute offsets, sorted by them. */
export function placedFindings(units: readonly UnitFindings[]): readonly RawFinding[] {
  const findings: RawFinding[] = [];
  for (const { unit, findings: relative } of units) appendMoved(relative, unit.pos, findings);
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}
