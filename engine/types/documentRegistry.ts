import { sourceKind } from '../document/sourceKind.ts';
import { ts } from '../ts.ts';
import type { FileView } from './fileView.ts';
import { isLibraryTree, libraryTree } from './libraryTrees.ts';

/** The engine's own tree of an open document. */
export interface OpenTree {
  readonly file: ts.SourceFile;
  readonly version: number;
  readonly text: string;
}

/** How a program wants a file to be parsed. */
export interface ParseRequest {
  /** Equal keys may share trees: everything in the options that parsing and binding depend on. */
  readonly key: string;
  readonly options: ts.CreateSourceFileOptions;
  /** The program belongs to the config that covers the file, so the engine's own tree is meant for it. */
  readonly owned: boolean;
}

/**
 * All source files of all programs. Open documents are the engine's own trees, by identity: they are parsed once,
 * incrementally, and a node found in the program is the node the rules know. Everything else is parsed here, and shared
 * by programs whose options agree.
 */
export interface DocumentRegistry {
  get(path: string, request: ParseRequest): ts.SourceFile | undefined;
  /**
   * Makes a tree that is nobody's document fit for a program: one of a closed document, or of a text that is being tried.
   * False when it was bound under other options and cannot be used.
   */
  lend(file: ts.SourceFile, request: Omit<ParseRequest, 'owned'>): boolean;
  /** False when `get` would now return another tree. */
  isCurrent(path: string, file: ts.SourceFile, request: Omit<ParseRequest, 'options'>): boolean;
}

/** A tree made here. Held weakly: programs keep it alive, and when the last one goes it may go too. */
interface Parsed {
  readonly tree: WeakRef<ts.SourceFile>;
  version: string;
}

export interface RegistryOptions {
  readonly view: FileView;
  openTree(path: string): OpenTree | undefined;
  /** Text of files that are not on disk, such as bundled libs. */
  virtual(path: string): string | undefined;
}

export function createDocumentRegistry({ view, openTree, virtual }: RegistryOptions): DocumentRegistry {
  const parsed = new Map<string, Parsed>();
  /** The binder leaves its symbols in the tree, so a tree serves one way of binding only. */
  const boundAs = new WeakMap<ts.SourceFile, string>();
  const treeNumbers = new WeakMap<ts.SourceFile, number>();
  let nextTree = 1;

  function ownTree(path: string, key: string, owned: boolean): ts.SourceFile | undefined {
    const open = openTree(path);
    if (open === undefined) return undefined;
    const bound = boundAs.get(open.file);
    return (bound ?? (owned ? key : undefined)) === key ? open.file : undefined;
  }

  function versionOf(path: string): string {
    const open = openTree(path);
    if (open === undefined) return view.version(path);
    let number = treeNumbers.get(open.file);
    if (number === undefined) {
      number = nextTree++;
      treeNumbers.set(open.file, number);
    }
    return `open ${number}`;
  }

  function lend(file: ts.SourceFile, { key, options }: Omit<ParseRequest, 'owned'>): boolean {
    const bindingKey = bindingKeyOf(key, options.impliedNodeFormat);
    const bound = boundAs.get(file);
    if (bound === undefined) {
      adopt(file, options);
      boundAs.set(file, bindingKey);
    }
    return bound === undefined || bound === bindingKey;
  }

  return {
    lend,
    get(path, { key, options, owned }) {
      const bindingKey = bindingKeyOf(key, options.impliedNodeFormat);
      const own = ownTree(path, bindingKey, owned);
      if (own !== undefined) {
        lend(own, { key, options });
        return own;
      }
      const library = openTree(path) === undefined ? virtual(path) : undefined;
      if (library !== undefined) return libraryTree(path, library, { key: bindingKey, options });
      const slot = `${bindingKey}|${path}`;
      const version = versionOf(path);
      const known = parsed.get(slot);
      const kept = known?.tree.deref();
      if (known !== undefined && kept !== undefined && known.version === version) return kept;
      const text = openTree(path)?.text ?? view.read(path);
      if (text === undefined) {
        parsed.delete(slot);
        return undefined;
      }
      if (known !== undefined && kept !== undefined && kept.text === text) {
        known.version = version;
        return kept;
      }
      const file = ts.createSourceFile(path, text, options, false, sourceKind(path));
      parsed.set(slot, { tree: new WeakRef(file), version });
      return file;
    },
    isCurrent(path, file, { key, owned }) {
      const bindingKey = bindingKeyOf(key, file.impliedNodeFormat);
      const own = ownTree(path, bindingKey, owned);
      if (own !== undefined) return own === file;
      if (isLibraryTree(path, bindingKey, file)) return true;
      const known = parsed.get(`${bindingKey}|${path}`);
      return known !== undefined && known.tree.deref() === file && known.version === versionOf(path);
    },
  };
}

function bindingKeyOf(key: string, format: ts.ResolutionMode): string {
  return `${key}|${format ?? ''}`;
}

/** Gives a tree that was parsed without a program what a program's own parse would have given it. */
function adopt(file: ts.SourceFile, options: ts.CreateSourceFileOptions): void {
  if (options.impliedNodeFormat === undefined) delete file.impliedNodeFormat;
  else file.impliedNodeFormat = options.impliedNodeFormat;
  options.setExternalModuleIndicator?.(file);
}
