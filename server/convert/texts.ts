import type { Host } from '#engine/workspace/host.ts';
import type { Session } from '../session.ts';
import { Lines } from './lines.ts';
import { toUri } from './uris.ts';

/** Line indexes that are kept: the documents at hand and those their findings refer to. */
const KEPT = 16;

/** Line indexes and uris of documents, open or not. */
export class Texts {
  readonly #session: Session;
  readonly #host: Host;
  readonly #lines = new Map<string, { readonly text: string; readonly lines: Lines }>();

  constructor(session: Session, host: Host) {
    this.#session = session;
    this.#host = host;
  }

  /** Lines of the current text; `undefined` when there is no such document. */
  lines(path: string): Lines | undefined {
    const text = this.#session.folderOf(path)?.workspace.text(path) ?? this.#host.readText(path);
    if (text === undefined) return undefined;
    const known = this.#lines.get(path);
    this.#lines.delete(path);
    const lines = known?.text === text ? known.lines : new Lines(text);
    this.#lines.set(path, { text, lines });
    if (this.#lines.size > KEPT) this.#lines.delete(this.#lines.keys().next().value ?? path);
    return lines;
  }

  /** The uri under which the client knows a document. */
  uri(path: string): string {
    return this.#session.document(path)?.uri ?? toUri(path);
  }
}
