import type { z } from 'zod';
import type { FormatDocument, FormatLanguage } from '../formats/types.ts';
import type { ts } from '../ts.ts';
import type { ChecklistContext } from './checklist.ts';
import type { Anchor, Facet } from './facet.ts';
import type { MessageData, Priority, Span } from './finding.ts';
import type { Fix } from './fix.ts';
import type { FileHeader } from './header.ts';
import type { FunctionNode, Listeners, PlainListeners } from './kinds.ts';
import type { FileNames } from './names.ts';

export type Category =
  | 'security'
  | 'reliability'
  | 'resources'
  | 'data'
  | 'config'
  | 'testing'
  | 'types'
  | 'observability'
  | 'delivery'
  | 'checklist';

/** A message and the priority it has when that differs from the rule's. */
export interface MessageSpec {
  /** What is wrong, why it matters, what to do; `{placeholders}` come from the report's data. */
  readonly text: string;
  readonly priority?: Priority;
}

export interface RuleMeta<M extends string = string> {
  readonly priority: Priority;
  /** Release that brought the rule; `next` until it is released. */
  readonly since: string;
  readonly messages: Readonly<Record<M, string | MessageSpec>>;
  /** One line for lists and settings: what the rule reports. */
  readonly summary: string;
  /**
   * What is true once the rule has nothing to report, as an item of a readiness checklist would promise it. Made from the
   * summary when left out.
   */
  readonly promise?: string;
  /** Which files it looks at; production code alone unless said otherwise. */
  readonly appliesTo?: 'production' | 'tests' | 'everywhere';
  /** `false` for rules that have not reached the precision bar. */
  readonly enabled?: boolean;
  /** Words by which a checklist item is recognised as being about this rule. */
  readonly topics: readonly string[];
  /**
   * What the rule is about, as it is named in code; a file without any of these names holds nothing for it to look at. A name
   * counts in any case, alone or as a word of a longer one: `iframe` is in `createIframe`, `ssl` in `strict_ssl`. Packages and
   * the words of texts count as well. Without it the rule's silence proves nothing to a checklist.
   */
  readonly subject?: readonly string[];
  /** Standards and documentation, e.g. CWE entries. */
  readonly references?: readonly { readonly title: string; readonly url: string }[];
}

/** A second place, relative to the same document, or elsewhere for project checks. */
export interface ReportExtra {
  readonly related?: readonly { readonly at: ts.Node | Span; readonly label: string }[];
}

export type Report<M extends string> = (
  at: ts.Node | Span,
  message: M,
  data?: MessageData,
  extra?: ReportExtra,
) => void;

/** Symbols that a project declares to play a role, from `providers` in airworthy.json; values are `module#export`. */
export type ProviderRole = 'rateLimiter' | 'authMiddleware' | 'logger' | 'validator' | 'envModule' | 'teardown';

/** What something in front of an application does for it, from `gateways` in airworthy.json. */
export type GatewayDuty = 'rateLimit' | 'authentication' | 'securityHeaders' | 'csrfProtection';

/** Something in front of an application, as airworthy.json declares it. */
export interface Gateway {
  /** What people call it. */
  readonly name: string;
  readonly does: ReadonlySet<GatewayDuty>;
}

export interface CollectContext<O> {
  /** Absolute path with forward slashes. */
  readonly path: string;
  readonly header: FileHeader;
  readonly options: O;
  /** `module#export` references declared for a role in airworthy.json. */
  providers(role: ProviderRole): ReadonlySet<string>;
}

/** For `node` checks: the visited subtree and the header. Nothing above the visited node may be read. */
export interface NodeContext<M extends string, O> extends CollectContext<O> {
  readonly report: Report<M>;
}

/** Facts that lie together: those of a function, or of a stretch of a long one. */
export interface FactStretch<F> {
  /** The file or function that has them all; a stretch has none. */
  readonly owner: ts.SourceFile | FunctionNode | undefined;
  /** In source order, without those of nested functions. */
  readonly facts: readonly F[];
  /** The functions in it that have facts. */
  readonly scopes: readonly FactScope<F>[];
  /** A long one cut into pieces, which share out its facts and functions; an edit leaves all but one as they are. */
  readonly stretches: readonly FactStretch<F>[];
  /** Own facts and those of all nested functions, in source order by scope. */
  all(): Iterable<F>;
}

/**
 * Facts gathered in one function (or at the file's top level), and the functions nested in it: the same object as long as
 * nothing in the function changed, so that what is read from it can be kept with {@link oncePerScope}.
 */
export interface FactScope<F> extends FactStretch<F> {
  readonly owner: ts.SourceFile | FunctionNode;
}

/**
 * Sums up the facts of a function once, as long as nothing in it changed, given the sums of the functions in it: a
 * key elsewhere leaves it alone. A long function is summed up by stretches, and then from their sums, without facts of its
 * own: a sum must not depend on where it is cut. Facts and the owner alone may be read, no tree around them.
 */
export function oncePerScope<F, S>(
  sum: (facts: readonly F[], inner: readonly S[], owner: FactStretch<F>['owner']) => S,
): (scope: FactStretch<F>) => S {
  const known = new WeakMap<FactStretch<F>, { readonly summary: S }>();
  const of = (scope: FactStretch<F>): S => {
    let kept = known.get(scope);
    if (kept === undefined) {
      const { stretches, owner } = scope;
      const [facts, inner] = stretches.length > 0 ? [[], stretches] : [scope.facts, scope.scopes];
      kept = { summary: sum(facts, inner.map(of), owner) };
      known.set(scope, kept);
    }
    return kept.summary;
  };
  return of;
}

/** Adds exact lexical lookup, bounded by the function or file the check owns. */
export interface ScopedContext<M extends string, O, F> extends NodeContext<M, O> {
  readonly scope: FactScope<F>;
  /**
   * The declaration an identifier refers to, found lexically; within a function check only declarations inside that
   * function are seen. `undefined` for imports' targets, globals and what lies outside.
   */
  lookup(identifier: ts.Identifier): ts.Declaration | undefined;
}

/**
 * For a fact that is judged by itself, or with others of its function. Read may be: the top-level statement it is in (in a class declaration: the member),
 * the header, and the statements that `lookup`, `lookupType` and `header.resolve` lead to. What else is read has to be
 * named by `relyOn`, or the judgement outlives it.
 */
export interface FactContext<M extends string, O> extends NodeContext<M, O>, FileNames {}

export interface FileContext<M extends string, O, F> extends ScopedContext<M, O, F>, FileNames {
  readonly file: ts.SourceFile;
  lookup: FileNames['lookup'];
}

/** The type checker behind what rules ask of it. */
export interface TypeQuery {
  readonly checker: ts.TypeChecker;
  typeAt(node: ts.Node): ts.Type;
}

/** A comment of a source file. */
export interface SourceComment extends Span {
  /** With the marks around it. */
  readonly text: string;
  /** Comments that stand by themselves on the line above, and at the beginning of the line below. */
  readonly beside: readonly string[];
}

export interface TypeContext<M extends string, O> extends NodeContext<M, O> {
  readonly types: TypeQuery;
}

export interface DocumentContext<M extends string, O> {
  readonly path: string;
  /** As in {@link FileHeader.localPath}. */
  readonly localPath: string;
  readonly document: FormatDocument;
  readonly options: O;
  report(at: Span, message: M, data?: MessageData, extra?: ReportExtra): void;
}

/** One file's value of a facet. */
export interface FileValue<V> {
  readonly path: string;
  readonly value: V;
  readonly isTest: boolean;
}

export interface ProjectContext<M extends string, O> {
  readonly root: string;
  readonly options: O;
  /** What the airworthy.json that applies to a file, by absolute path, declares for a role. */
  providers(role: ProviderRole, path: string): ReadonlySet<string>;
  /** What the airworthy.json that applies to it says stands in front of the application that a file makes. */
  gatewaysBefore(path: string): readonly Gateway[];
  /** All files that have a value for the facet, by path. The facet must be listed by the rule. */
  all<V>(facet: Facet<V>): Iterable<FileValue<V>>;
  get<V>(path: string, facet: Facet<V>): V | undefined;
  /** Resolves a specifier of a file to a project file, `undefined` for packages and missing files. */
  resolveImport(from: string, specifier: string): string | undefined;
  /**
   * Whether a file or folder of any kind is there, ignored ones included. The check runs again when that changes. For
   * absolute paths below the root.
   */
  exists(path: string): boolean;
  /**
   * Whether version control leaves a path out, so that a build or a person makes what is there. The check runs again when
   * that changes.
   */
  isIgnored(path: string): boolean;
  /** Reports at an anchor of a listed facet's value. */
  report<V>(
    at: { readonly path: string; readonly facet: Facet<V>; readonly anchor: Anchor },
    message: M,
    data?: MessageData,
    related?: readonly {
      readonly path: string;
      readonly facet: Facet<unknown>;
      readonly anchor: Anchor;
      readonly label: string;
    }[],
  ): void;
}

/**
 * A rule. It may check in several scopes; each check declares the smallest scope that is true, because that is what its
 * cached results are keyed by:
 *
 * - `node` reads the visited subtree and the header;
 * - `function` reads one function with everything inside it, through facts collected per statement;
 * - `file` reads one source file, through facts collected per statement: each by itself with what it leads to, or all
 *   together;
 * - `comment` reads one comment of a source file;
 * - `documents` reads one text document (JSON, YAML, Dockerfile …);
 * - `types` is `node` with the type checker, in the second phase;
 * - `project` reads values of the facets it lists, never a tree;
 * - `checklist` reads one checklist after its items were held against the findings of all other rules.
 */
export interface RuleDefinition<M extends string, O extends z.ZodType, FF, GF> {
  readonly meta: RuleMeta<M>;
  readonly options: O;
  readonly node?: { readonly on: Listeners<NodeContext<NoInfer<M>, z.output<O>>, void> };
  readonly function?: {
    /** Facts from one statement: reads the visited subtree and the header only. */
    readonly collect: Listeners<CollectContext<z.output<O>>, FF | readonly FF[] | undefined>;
    /** Runs for each function that has own facts. */
    check(fn: FunctionNode, ctx: ScopedContext<NoInfer<M>, z.output<O>, FF>): void;
  };
  readonly file?: {
    /** Facts from one statement: reads the visited subtree and the header only. */
    readonly collect: Listeners<CollectContext<z.output<O>>, GF | readonly GF[] | undefined>;
    /** Decides about one fact; runs again only when what it read is new. Preferred, because each key costs less. */
    each?(fact: NoInfer<GF>, ctx: FactContext<NoInfer<M>, z.output<O>>): void;
    /** The same for the facts of one function, those of functions inside it left out, in source order. */
    eachFunction?(facts: readonly NoInfer<GF>[], ctx: FactContext<NoInfer<M>, z.output<O>>): void;
    /** Decides about all facts together: runs after each key in a file that has any. */
    check?(ctx: FileContext<NoInfer<M>, z.output<O>, GF>): void;
  };
  readonly comment?: {
    /** The check sees comments that hold one of these, as written. */
    readonly holding: readonly string[];
    /** Reads the comment and the header. */
    check(comment: SourceComment, ctx: NodeContext<NoInfer<M>, z.output<O>>): void;
  };
  readonly documents?: {
    readonly languages: readonly FormatLanguage[];
    /** By {@link FileHeader.localPath}; all documents of the languages when left out. */
    matches?(localPath: string): boolean;
    check(ctx: DocumentContext<NoInfer<M>, z.output<O>>): void;
  };
  readonly types?: { readonly on: PlainListeners<TypeContext<NoInfer<M>, z.output<O>>, void> };
  readonly project?: {
    readonly facets: readonly Facet<unknown>[];
    check(ctx: ProjectContext<NoInfer<M>, z.output<O>>): void;
  };
  readonly checklist?: {
    /** Runs for each checklist that counts. */
    check(ctx: ChecklistContext<NoInfer<M>, z.output<O>>): void;
  };
  readonly fixes?: { readonly [K in NoInfer<M>]?: readonly Fix<z.output<O>>[] };
}

/** A rule with its type parameters erased, as the engine runs it. */
// biome-ignore lint/suspicious/noExplicitAny: rules of all message, option and fact types share one list
export type Rule = RuleDefinition<any, z.ZodType, any, any>;

/** A rule under its id; `index.generated.ts` makes one per rule folder. */
export interface RegisteredRule extends Rule {
  /** `category/name`, read from the folder. */
  readonly id: string;
  readonly category: Category;
}

/** Checks a rule's messages, options and facts against each other at compile time; returns it unchanged. */
export function rule<const M extends string, O extends z.ZodType, FF = never, GF = never>(
  definition: RuleDefinition<M, O, FF, GF>,
): Rule {
  return definition as Rule;
}

/** Gives a rule the id of its folder. */
export function register(category: Category, name: string, definition: Rule): RegisteredRule {
  return { ...definition, id: `${category}/${name}`, category };
}
