/** Text as Markdown that shows it as it is: what quotes source code or documents is no markup. */
export function asMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&');
}
