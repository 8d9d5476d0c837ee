import type { Span } from '#api';

/** What a check asks of the machine it runs on. */
export interface Asked {
  /** The URL, by offsets into the command. */
  readonly url: Span;
  /** `undefined` where the URL leaves it to the scheme, or it is a variable. */
  readonly port: number | undefined;
  readonly path: string;
}

const URL =
  /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d{1,5}|\$\{?\w+[^\s/"'`]*))?(\/[^\s"'`\\)|;&<>]*)?/g;
/** Other methods than GET, answers that are taken whatever they are, what an answer says rather than that there is one. */
const OTHERWISE =
  /\s-X\b|--request\b|\s-d\b|--data|--post|method\s*:|<\s*[45]\d\d|!==?\s*5\d\d|\b40[0-9]\b|%\{http_code\}|\bgrep\b/;
/** Programs that ask by HTTP. */
const ASKS = /\b(?:curl|wget|wait-on\s|fetch\(|https?\.(?:get|request)\(|get\(|node|bun)/;

/** The one URL of its own machine that a check asks; `undefined` where there are several, or it is put together. */
export function askedBy(command: string): Asked | undefined {
  if (!ASKS.test(command) || OTHERWISE.test(command)) return undefined;
  const urls = [...command.matchAll(URL)];
  const [found, ...others] = urls;
  if (found === undefined || others.length > 0 || (command.match(/https?:\/\//g) ?? []).length > 1) return undefined;
  const [url, port = '', whole = '/'] = found;
  const end = found.index + url.length;
  // Text that is put together goes on behind the URL.
  if (/^["'`]?\s*\+|^\$/.test(command.slice(end)) || /[$*{}%]/.test(whole)) return undefined;
  const path = whole.replace(/[?#].*$/, '').replace(/(?<=.)\/+$/, '');
  const number = /^\d+$/.test(port) ? Number(port) : undefined;
  return { url: { start: found.index, end }, port: number, path };
}
