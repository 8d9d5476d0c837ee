import { ts } from '../ts.ts';
import { NO_NAME } from './nameTests.ts';
import { nodeName } from './nodeName.ts';
import type { Handler } from './ruleSet.ts';

type Handlers = readonly Handler[];

/** Above this many names of one kind of node they are forgotten: code made by programs has names without end. */
const MOST_NAMES = 20_000;

/** Something that knows the names which a file imports. */
interface Names {
  has(name: string): boolean;
}

/** Handlers of one kind of node, some of which are for nodes of certain names only. */
class NamedHandlers {
  private readonly all: Handlers;
  /** Those for every name. */
  private readonly unnamed: Handlers;
  /** Whether it makes a difference that a name is an import, … */
  private readonly looksAtImports: boolean;
  /** … and those for imports, where nothing else makes one. */
  private readonly forImports: Handlers | undefined;
  /** Cache: handlers by name, where it is no import. */
  private readonly byName = new Map<string, Handlers>();
  /** Cache: handlers by name, where it is an import. */
  private readonly byImport = new Map<string, Handlers>();

  constructor(all: Handlers) {
    this.all = all;
    this.unnamed = all.filter(({ isFor }) => isFor === undefined);
    this.looksAtImports = all.some(({ isFor, isForImports }) => isFor !== undefined && isForImports);
    const isSimple = all.every(({ isFor }) => isFor === undefined || isFor === NO_NAME);
    if (isSimple) this.forImports = all.filter(({ isFor, isForImports }) => isFor === undefined || isForImports);
  }

  of(node: ts.Node, imports: Names): Handlers {
    const name = nodeName(node);
    if (name === undefined) return this.all;
    const isImport = this.looksAtImports && imports.has(name);
    if (this.forImports !== undefined) return isImport ? this.forImports : this.unnamed;
    return (isImport ? this.byImport : this.byName).get(name) ?? this.choose(name, isImport);
  }

  private choose(name: string, isImport: boolean): Handlers {
    const chosen = this.all.filter(
      ({ isFor, isForImports }) => isFor === undefined || (isImport && isForImports) || isFor(name),
    );
    const handlers = chosen.length === this.unnamed.length ? this.unnamed : chosen;
    const known = isImport ? this.byImport : this.byName;
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, handlers);
    return handlers;
  }
}

/** Which listeners run for a node: chosen by its kind and, where listeners say which names they are for, by its name. */
export class HandlerTable {
  private readonly plain: (Handlers | undefined)[];
  private readonly named: (NamedHandlers | undefined)[];

  /** Takes handlers by kind, in the order of the rules. */
  constructor(byKind: ReadonlyMap<ts.SyntaxKind, Handlers>) {
    this.plain = new Array(ts.SyntaxKind.Count).fill(undefined);
    this.named = new Array(ts.SyntaxKind.Count).fill(undefined);
    for (const [kind, handlers] of byKind) {
      if (handlers.some(({ isFor }) => isFor !== undefined)) this.named[kind] = new NamedHandlers(handlers);
      else this.plain[kind] = handlers;
    }
  }

  /** In the order of the rules; `undefined` when nobody listens to its kind. `imports` has the names that the file imports. */
  handlers(node: ts.Node, imports: Names): Handlers | undefined {
    return this.plain[node.kind] ?? this.named[node.kind]?.of(node, imports);
  }
}
