/** One line of the file in which a suite inside VS Code reports to the process that started it. */
export type Report =
  | { readonly kind: 'test'; readonly title: string; readonly ms: number; readonly error?: string }
  /** A test has just failed: a picture is wanted at this path, and waited for. */
  | { readonly kind: 'picture'; readonly path: string }
  /** A figure worth reading, which no test judges. */
  | { readonly kind: 'measure'; readonly text: string }
  | { readonly kind: 'end' };

/** Environment of the extension host. */
export const reportVariable = 'AIRWORTHY_E2E_REPORT';
/** Folder for pictures of failed steps; unset where nobody can take one. */
export const pictureVariable = 'AIRWORTHY_E2E_PICTURES';

export function parseReports(text: string): readonly Report[] {
  // The last line may still be in the making.
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Report);
}
