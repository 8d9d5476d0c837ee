import type { Span } from '../api/finding.ts';
import type { RawFinding } from '../incremental/rawFinding.ts';
import type { FacetValue } from '../project/projectIndex.ts';
import type { Suppressions } from '../suppressions/index.ts';
import type { SyntaxOutcome } from './syntaxLane.ts';

/** What the syntax lane learnt about a file on disk, as JSON data that may outlive the process. */
export interface StoredOutcome {
  readonly findings: readonly RawFinding[];
  readonly isTest: boolean;
  /** By facet: the value as JSON, and the places it speaks of. */
  readonly facts: readonly (readonly [facet: string, json: string, spans: readonly Span[]])[];
  readonly suppressions: Suppressions;
}

/**
 * Keeps what files said from one process to the next, so that a folder is not read from nothing each time (cache: stored
 * outcomes). `surroundings` is what the outcome depends on besides the path and the text.
 */
export interface OutcomeStore {
  /** `undefined` unless the very same text was analysed in the same surroundings. Never throws. */
  load(path: string, text: string, surroundings: string): StoredOutcome | undefined;
  keep(path: string, text: string, surroundings: string, outcome: StoredOutcome): void;
}

/** An outcome as a store keeps it. */
export function stored(outcome: SyntaxOutcome, suppressions: Suppressions): StoredOutcome {
  const { findings, facts } = outcome;
  return {
    findings,
    isTest: facts.isTest,
    facts: [...facts.values].map(([facet, { json, spans }]) => [facet, json, spans]),
    suppressions,
  };
}

/** The outcome behind what a store kept. */
export function restored({ findings, isTest, facts }: StoredOutcome, configHash: string): SyntaxOutcome {
  const values = new Map<string, FacetValue>(
    facts.map(([facet, json, spans]) => [facet, { json, value: JSON.parse(json), spans }]),
  );
  return {
    version: 0,
    configHash,
    isWhole: true,
    findings,
    facts: { isTest, values },
    stats: { visited: 0, reused: 0, ms: 0 },
  };
}
