/**
 * What the server and its clients say to each other beyond the Language Server Protocol: method and command names with
 * the types of their payloads. Plain data only; positions are offsets in UTF-16 units, uris are those of the client.
 */

/** `initializationOptions` of the `initialize` request. Every field may be left out: any LSP client can do without. */
export interface InitializationOptions {
  /** The client has the command {@link suppressCommand} and asks for a reason in it. */
  readonly suppressWithPrompt?: boolean;
  /** The client has the command {@link openRulePageCommand}. Otherwise the server has it and uses `window/showDocument`. */
  readonly openRulePage?: boolean;
  /** Hovers of the client show the messages of diagnostics anyway, so the server's need not repeat them. */
  readonly hoverShowsDiagnostics?: boolean;
  /** The client wants {@link statusNotification}s. */
  readonly status?: boolean;
  /** The client shows checklists: it is told of changes in them and has the client's commands of `checklist.ts`. */
  readonly checklist?: boolean;
  /** Absolute path of a folder of the client's own, where the server may keep what files said from start to start. */
  readonly storage?: string;
  /** Settings to start with, for clients that do not answer `workspace/configuration`. */
  readonly settings?: Settings;
}

/** The section that the server asks for with `workspace/configuration`, per workspace folder. */
export const settingsSection = 'airworthy';

/** Settings of the editor. What an airworthy.json says about rules always wins over them. */
export interface Settings {
  /** `false` switches a folder off. Default `true`. */
  readonly enable?: boolean;
  /** Whether files that are not open are analysed as well. Default `workspace`. */
  readonly analyze?: 'workspace' | 'openFiles';
  /** As in airworthy.json: settings by rule or category id. */
  readonly rules?: Readonly<Record<string, unknown>>;
}

/** Server → client notification. Sent at most a few times per second, and only when something changed. */
export const statusNotification = 'airworthy/status';

export interface Status {
  /** `starting` until initialised, `indexing` while files of the workspace are analysed for the first time. */
  readonly state: 'starting' | 'indexing' | 'ready' | 'error';
  /** Findings shown to the user, over all documents. */
  readonly findings: Readonly<Record<'P0' | 'P1' | 'P2' | 'P3', number>>;
  /** Documents known to the server, open or on disk. */
  readonly documents: number;
  /** Used JavaScript heap of the server process. */
  readonly heapBytes: number;
  /** A sentence for the user; empty when there is nothing to say. */
  readonly message: string;
  /** What the readiness checklists come to; `null` when there is none. */
  readonly readiness: Readiness | null;
}

/** Over the checklists that count. Blockers are to be shown in front of the percentage, which alone would hide them. */
export interface Readiness {
  /** 0 to 100, rounded down; `null` when nothing can be checked. */
  readonly percent: number | null;
  /** Items of the highest priority that are neither proven, dropped nor waived. */
  readonly blockers: number;
  readonly items: number;
}

/** Client → server request: the documentation of a rule, without a network. Answers `null` for an unknown rule. */
export const explainRuleRequest = 'airworthy/explainRule';

export interface ExplainRuleParams {
  /** `category/name`. */
  readonly rule: string;
}

export interface ExplainRuleResult {
  readonly rule: string;
  /** The whole page. */
  readonly markdown: string;
  /** The same page on the web. */
  readonly url: string;
}

/** `data` of every diagnostic that stands for a finding: enough to find it again in that version of the document. */
export interface FindingData {
  readonly rule: string;
  readonly messageId: string;
  /** Version of the document the offsets refer to; 0 for a document that is not open. */
  readonly version: number;
  readonly start: number;
  readonly end: number;
}

/** Command of the client: asks for a reason, then executes {@link applySuppressionCommand}. Takes {@link Suppression}. */
export const suppressCommand = 'airworthy.suppress';

/** Command of the server: writes a suppression comment through `workspace/applyEdit`. Takes {@link ReasonedSuppression}. */
export const applySuppressionCommand = 'airworthy.applySuppression';

export interface Suppression {
  readonly uri: string;
  /** The finding must still be there in this version, else nothing is written. */
  readonly finding: FindingData;
  readonly scope: 'line' | 'file';
}

export interface ReasonedSuppression extends Suppression {
  /** Why the finding is accepted; line breaks become spaces. Must not be blank. */
  readonly reason: string;
}

/** Command of the client or the server (see {@link InitializationOptions.openRulePage}). Takes {@link RulePage}. */
export const openRulePageCommand = 'airworthy.openRulePage';

export interface RulePage {
  readonly rule: string;
  readonly url: string;
}

/** Command of the client alone: stops the server and starts it again. */
export const restartCommand = 'airworthy.restart';
