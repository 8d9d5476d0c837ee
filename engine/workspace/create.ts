import type { Finding, FixEdit, Span, TextEdit } from '../api/finding.ts';
import { notReadAsChecklist } from '../checklist/parse.ts';
import type { ChecklistView, GateResult } from '../checklist/view.ts';
import type { ConfigProblem } from '../config/types.ts';
import { skipMessage } from '../document/skip.ts';
import { packageReader } from '../project/packages.ts';
import { ProjectIndex } from '../project/projectIndex.ts';
import { importResolver } from '../project/resolveImport.ts';
import { suppressionEdit } from '../suppressions/index.ts';
import { type Fixing, fixing } from './fixing.ts';
import { KnownDocuments } from './knownDocuments.ts';
import { Lanes } from './lanes.ts';
import type {
  ContentChange,
  Disposable,
  FixOffer,
  Lane,
  LaneResult,
  RuleFailure,
  Scheduler,
  SkippedDocument,
  Workspace,
  WorkspaceOptions,
} from './workspace.ts';

/** Opens a folder for analysis. Nothing is read until documents are opened, listed or analysed. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  return new FolderWorkspace(options);
}

/** Composition: documents, lanes and fixes of one folder, and who is told when something is out of date. */
class FolderWorkspace implements Workspace {
  readonly root: string;
  private readonly options: WorkspaceOptions;
  private readonly documents: KnownDocuments;
  private readonly index = new ProjectIndex();
  private readonly packages;
  private readonly imports;
  private readonly lanes: Lanes;
  private readonly fixer: Fixing;
  private readonly ruleFailures = new Map<string, RuleFailure>();
  private readonly listeners = new Set<(paths: readonly string[], lane: Lane) => void>();

  constructor(options: WorkspaceOptions) {
    const { root, rules, host, configuration } = options;
    this.root = root;
    this.options = options;
    this.documents = new KnownDocuments(host);
    this.packages = packageReader(root, host);
    this.imports = importResolver(root, host, (path) => this.documents.has(path) || host.isFile(path));
    const exists = (path: string) => this.documents.has(path) || host.isFile(path) || host.isFolder(path);
    const onFailure = (rule: string, path: string, error: unknown, fix?: string) => this.fail(rule, path, error, fix);
    this.lanes = new Lanes({
      root,
      rules,
      host,
      configuration,
      documents: this.documents,
      index: this.index,
      store: options.store,
      packagesFor: (path) => this.packages.viewFor(path),
      resolveImport: (from, specifier) => this.imports.resolve(from, specifier),
      exists,
      isIgnored: (path) => host.isIgnored?.(root, path) === true,
      onFailure,
      failuresOf: (rule) => this.failures().flatMap((failure) => (failure.rule === rule ? [failure.path] : [])),
      today: () => options.today?.(),
      onRestart: (path) => this.forgetFailures(path),
      onInvalidate: (paths, lane) => this.invalidate(paths, lane),
    });
    this.fixer = fixing({
      rules: new Map(rules.map((rule) => [rule.id, rule])),
      config: (path) => configuration.for(path),
      onFailure,
      environment: {
        index: this.index,
        header: (document) => this.lanes.header(document),
        document: (path) => this.documents.current(path),
        exists,
        types: (document) => this.lanes.typeQuery(document),
      },
    });
  }

  open(path: string, language: string, version: number, text: string): void {
    this.lanes.exchange(path, () => this.documents.open(path, language, version, text));
  }

  change(path: string, version: number, changes: readonly ContentChange[]): void {
    this.documents.change(path, version, changes);
  }

  save(path: string): void {
    if (this.documents.save(path)) this.invalidate([path], 'types');
  }

  close(path: string): void {
    let isLeft = true;
    this.lanes.exchange(path, () => {
      isLeft = this.documents.close(path);
    });
    if (!isLeft) this.remove([path]);
  }

  refresh(paths: readonly string[]): void {
    for (const path of paths) this.documents.refresh(path);
    this.imports.clear();
    this.lanes.diskChanged(paths);
  }

  remove(paths: readonly string[]): void {
    for (const path of paths) if (this.documents.remove(path)) this.index.delete(path);
    this.imports.clear();
    this.lanes.diskChanged(paths);
  }

  presenceChanged(): void {
    this.lanes.presenceChanged();
  }

  reconfigure(): void {
    this.options.configuration.invalidate();
    this.packages.clear();
    this.imports.clear();
    this.lanes.reset();
    this.documents.touchAll();
    const paths = this.paths();
    for (const lane of ['syntax', 'types', 'project', 'checklist'] as const) this.invalidate(paths, lane);
  }

  paths(): readonly string[] {
    return this.documents.paths();
  }

  isOpen(path: string): boolean {
    return this.documents.get(path)?.open !== undefined;
  }

  version(path: string): number | undefined {
    const known = this.documents.get(path);
    return known === undefined ? undefined : (known.open?.version ?? 0);
  }

  text(path: string): string | undefined {
    return this.documents.text(path);
  }

  async analyze(path: string, lane: Lane, scheduler: Scheduler): Promise<LaneResult | 'superseded'> {
    const version = this.version(path) ?? 0;
    const stats = await this.lanes.run(path, lane, scheduler);
    if (stats === 'superseded') return 'superseded';
    return { path, version, lane, findings: this.lanes.laneFindings(path, lane), stats };
  }

  findings(path: string): readonly Finding[] {
    return this.lanes.findings(path);
  }

  async fixes(path: string, version: number, at: Span): Promise<readonly FixOffer[]> {
    const document = this.documents.current(path);
    if (document === undefined || document.version !== version) return [];
    return this.fixer.offers(document, this.findings(path), at);
  }

  async fixEdits(offer: FixOffer): Promise<readonly FixEdit[] | undefined> {
    const { path, finding } = offer;
    const document = this.documents.current(path);
    if (document === undefined || document.version !== offer.version) return undefined;
    const stillThere = this.findings(path).some(
      (other) => other.rule === finding.rule && other.start === finding.start && other.end === finding.end,
    );
    return stillThere ? this.fixer.edits(document, finding, offer.index) : undefined;
  }

  async fixAll(path: string, { rule }: { readonly rule?: string } = {}): Promise<readonly TextEdit[]> {
    const document = this.documents.current(path);
    if (document === undefined) return [];
    const wanted = (findings: readonly Finding[]) =>
      rule === undefined ? findings : findings.filter((finding) => finding.rule === rule);
    return this.fixer.all(document, wanted(this.findings(path)), (text) => {
      const trial = this.lanes.tryText(document, text);
      return { document: trial.document, findings: wanted(trial.findings) };
    });
  }

  suppress(path: string, finding: Finding, scope: 'line' | 'file', reason: string): readonly FixEdit[] | undefined {
    const document = this.documents.current(path);
    return document === undefined ? undefined : suppressionEdit(document.suppressionSource(), finding, scope, reason);
  }

  checklist(): ChecklistView {
    return this.lanes.checklist.view;
  }

  ruleAnswer(rule: string): ReturnType<Workspace['ruleAnswer']> {
    return this.lanes.checklist.ruleAnswer(rule);
  }

  setGateResult(key: string, result: GateResult): void {
    this.lanes.checklist.setGate(key, result);
    this.invalidate([this.root], 'checklist');
  }

  recordedChecklist(commit: string): string | undefined {
    return this.lanes.checklist.recorded(commit);
  }

  notReadAsChecklist(path: string): string | undefined {
    return notReadAsChecklist(path, this.text(path) ?? '', this.options.configuration.for(path).checklist);
  }

  skipped(): readonly SkippedDocument[] {
    return this.documents
      .all()
      .flatMap(({ path, skipped }) =>
        skipped === undefined ? [] : [{ path, reason: skipped, message: skipMessage(skipped) }],
      );
  }

  failures(): readonly RuleFailure[] {
    return [...this.ruleFailures.values()];
  }

  configProblems(): readonly ConfigProblem[] {
    return this.options.configuration.problems();
  }

  configSources(): ReadonlySet<string> {
    return this.options.configuration.sources();
  }

  onDidInvalidate(listener: (paths: readonly string[], lane: Lane) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  dispose(): void {
    this.listeners.clear();
    this.lanes.dispose();
    this.documents.clear();
  }

  private invalidate(paths: readonly string[], lane: Lane): void {
    for (const listener of this.listeners) listener(paths, lane);
  }

  private fail(rule: string, path: string, error: unknown, fix?: string): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failure = { rule, path, error: text };
    this.ruleFailures.set(JSON.stringify([rule, path, fix]), fix === undefined ? failure : { ...failure, fix });
  }

  private forgetFailures(path: string): void {
    for (const [key, failure] of this.ruleFailures) if (failure.path === path) this.ruleFailures.delete(key);
  }
}
