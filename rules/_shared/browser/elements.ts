import type { HtmlDocument, HtmlElement } from '#api';

/** All elements of a document, or those of one name, in source order. */
export function elementsOf(document: HtmlDocument, name?: string): readonly HtmlElement[] {
  const found: HtmlElement[] = [];
  const open: HtmlElement[] = [...document.elements];
  for (let element = open.pop(); element; element = open.pop()) {
    open.push(...element.children);
    if (name === undefined || element.name === name) found.push(element);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}
