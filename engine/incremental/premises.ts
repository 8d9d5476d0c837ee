import type { TypeDeclaration } from '../api/names.ts';
import { declaredName, declaredType, findDeclaration } from '../flow/lookup.ts';
import { ts } from '../ts.ts';

/** Something outside of its top unit that a judgement rests on. Two with the same `key` are about the same thing. */
export type Premise =
  /** A top-level statement that was read. */
  | { readonly key: ts.Node; readonly statement: ts.Node }
  /** What a name of the file's top level led to: it has to lead there still. */
  | { readonly key: string; readonly name: string; readonly declaration: ts.Declaration }
  | { readonly key: string; readonly type: string; readonly declaration: TypeDeclaration | undefined };

/** What all judgements of a file rest on, each once: a thousand functions rest on the same few names. */
export class PremiseSet {
  private readonly byKey = new Map<Premise['key'], Premise>();

  /** Takes the place of what was said about the same things before. */
  add(premises: readonly Premise[]): void {
    for (const premise of premises) this.byKey.set(premise.key, premise);
  }

  /** Those that do not hold in the tree of now. */
  fallenIn(file: ts.SourceFile): readonly Premise[] {
    let statements: ReadonlySet<ts.Node> | undefined;
    const isThere = (statement: ts.Node): boolean => {
      statements ??= new Set(file.statements);
      return statements.has(statement);
    };
    return [...this.byKey.values()].filter((premise) => {
      if ('name' in premise) return declaredName(file, premise.name) !== premise.declaration;
      if ('type' in premise) return declaredType(file, premise.type) !== premise.declaration;
      return !isThere(premise.statement);
    });
  }

  /** Forgets those that nobody has added again. */
  drop(fallen: readonly Premise[]): void {
    for (const premise of fallen) if (this.byKey.get(premise.key) === premise) this.byKey.delete(premise.key);
  }
}

/** What names of one tree lead to, as far as somebody asked: one rule asks after the other. */
export type Declarations = Map<ts.Identifier, ts.Declaration | undefined>;

/** What the judgement of one top unit rests on besides the unit, its own names included. */
export class Premises {
  readonly all: Premise[] = [];
  private readonly file: ts.SourceFile;
  private readonly unit: ts.Node;
  private readonly found: Declarations;
  private readonly seen = new Set<ts.Node>();
  private readonly types = new Set<string>();
  private readonly statements = new Set<ts.Node>();

  constructor(file: ts.SourceFile, unit: ts.Node, found: Declarations) {
    this.file = file;
    this.unit = unit;
    this.found = found;
  }

  lookup(identifier: ts.Identifier): ts.Declaration | undefined {
    let declaration = this.found.get(identifier);
    if (declaration === undefined && !this.found.has(identifier)) {
      declaration = findDeclaration(identifier, this.file);
      this.found.set(identifier, declaration);
    }
    // What the file does not declare is in the header, whose fingerprint keys everything.
    if (declaration === undefined || this.seen.has(declaration)) return declaration;
    this.seen.add(declaration);
    if (topUnit(declaration) === this.unit) return declaration;
    this.relyOn(declaration);
    const name = identifier.text;
    if (declaredName(this.file, name) === declaration) this.all.push({ key: `name ${name}`, name, declaration });
    return declaration;
  }

  lookupType(type: string): TypeDeclaration | undefined {
    const declaration = declaredType(this.file, type);
    if (this.types.has(type)) return declaration;
    this.types.add(type);
    this.all.push({ key: `type ${type}`, type, declaration });
    if (declaration !== undefined) this.relyOn(declaration);
    return declaration;
  }

  relyOn(node: ts.Node): void {
    const statement = topStatement(node);
    if (this.statements.has(statement)) return;
    this.statements.add(statement);
    this.all.push({ key: statement, statement });
  }
}

/** The top-level statement a node is in. */
function topStatement(node: ts.Node): ts.Node {
  let at = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** The top-level statement or, in a class declaration that is one, the member a node is in. */
export function topUnit(node: ts.Node): ts.Node {
  let at = node;
  let below = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) {
    below = at;
    at = at.parent;
  }
  return ts.isClassDeclaration(at) && ts.isClassElement(below) ? below : at;
}
