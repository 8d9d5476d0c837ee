import { type InitializeParams, MarkupKind, ResourceOperationKind } from 'vscode-languageserver';
import type { InitializationOptions } from '#protocol/messages.ts';
import { asObject, asSettings } from './convert/fromLsp.ts';

/** What the client can do, as far as an answer of ours depends on it. */
export interface ClientProfile {
  /** Diagnostics are pushed unless the client can only pull: pushing alone lets the server say when. */
  readonly diagnostics: 'push' | 'pull';
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly refreshDiagnostics: boolean;
  /** Code actions as objects; without it a client knows commands only. */
  readonly codeActionLiterals: boolean;
  readonly preferredActions: boolean;
  /** `codeAction/resolve` may fill in the edit. */
  readonly lazyEdits: boolean;
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  readonly applyEdit: boolean;
  readonly markdownHover: boolean;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly watchRegistration: boolean;
  /** Watchers may name a folder outside the workspace. */
  readonly watchElsewhere: boolean;
  readonly progress: boolean;
  readonly showDocument: boolean;
  readonly refreshCodeLenses: boolean;
  readonly options: InitializationOptions;
}

export function clientProfile({ capabilities, initializationOptions }: InitializeParams): ClientProfile {
  const { textDocument, workspace, window } = capabilities;
  const pull = textDocument?.diagnostic !== undefined && textDocument.publishDiagnostics === undefined;
  const diagnostics = pull ? textDocument?.diagnostic : textDocument?.publishDiagnostics;
  const actions = textDocument?.codeAction;
  const edits = workspace?.workspaceEdit;
  return {
    diagnostics: pull ? 'pull' : 'push',
    relatedInformation: diagnostics?.relatedInformation ?? false,
    diagnosticTags: diagnostics?.tagSupport !== undefined,
    codeDescription: diagnostics?.codeDescriptionSupport ?? false,
    diagnosticData: diagnostics?.dataSupport ?? false,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    codeActionLiterals: actions?.codeActionLiteralSupport !== undefined,
    preferredActions: actions?.isPreferredSupport ?? false,
    lazyEdits: (actions?.dataSupport ?? false) && (actions?.resolveSupport?.properties?.includes('edit') ?? false),
    documentChanges: edits?.documentChanges ?? false,
    createFiles: edits?.resourceOperations?.includes(ResourceOperationKind.Create) ?? false,
    applyEdit: workspace?.applyEdit ?? false,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    configuration: workspace?.configuration ?? false,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    watchElsewhere: workspace?.didChangeWatchedFiles?.relativePatternSupport ?? false,
    progress: window?.workDoneProgress ?? false,
    showDocument: window?.showDocument?.support ?? false,
    refreshCodeLenses: workspace?.codeLens?.refreshSupport ?? false,
    options: asOptions(initializationOptions),
  };
}

function asOptions(value: unknown): InitializationOptions {
  const object = asObject(value);
  return {
    suppressWithPrompt: object?.['suppressWithPrompt'] === true,
    openRulePage: object?.['openRulePage'] === true,
    hoverShowsDiagnostics: object?.['hoverShowsDiagnostics'] === true,
    status: object?.['status'] === true,
    checklist: object?.['checklist'] === true,
    ...(typeof object?.['storage'] === 'string' && { storage: object['storage'] }),
    settings: asSettings(object?.['settings']),
  };
}
