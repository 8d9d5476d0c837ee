import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

/** Elements that have no end tag, and those whose end the parser supplies in well-formed pages. */
const VOID = new Set(['meta', 'br', 'hr', 'img', 'input', 'link']);
/** Attributes that make a browser load or run something. */
const LOADING = /^(?:src|srcset|srcdoc|data|poster|background|ping|action|formaction|manifest|xlink:href|on.*)$/;

export interface Page {
  readonly elements: readonly Element[];
  /** What is wrong with the page, in words; empty for a page that is well formed, self-contained and inert. */
  readonly faults: readonly string[];
  attribute(element: Element, name: string): string | undefined;
  textOf(element: Element): string;
}

/** Parses a page as a browser does and says what a report must not contain. */
export function inspectPage(text: string): Page {
  const errors: ParserError[] = [];
  const document = parse(text, { sourceCodeLocationInfo: true, onParseError: (error) => errors.push(error) });
  const elements = elementsIn(document);
  const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
  const faults = [
    ...errors.map(({ code, startLine }) => `${code} in line ${startLine}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the id ${id} is there twice`),
    ...elements.flatMap((element) => faultsOf(element, new Set(ids))),
  ];
  return { elements, faults, attribute, textOf };
}

function faultsOf(element: Element, ids: ReadonlySet<string>): readonly string[] {
  const { tagName, sourceCodeLocation: location, attrs } = element;
  const where = `<${tagName}> in line ${location?.startLine}`;
  const faults: string[] = [];
  const isSelfClosed = element.namespaceURI.endsWith('/svg');
  if (location === null || location === undefined) faults.push(`${where} was made up by the parser`);
  else if (location.endTag === undefined && !VOID.has(tagName) && !isSelfClosed) faults.push(`${where} is not closed`);
  if (['script', 'iframe', 'object', 'embed', 'link', 'img', 'base', 'form', 'use', 'image'].includes(tagName))
    faults.push(`${where} may load or run something`);
  for (const { name, value } of attrs) {
    if (LOADING.test(name)) faults.push(`${where} has ${name}`);
    if (name === 'href' && !/^(?:#|\.\/|https:\/\/github\.com\/airworthy\/)/.test(value))
      faults.push(`${where} leads to ${value}`);
    if (name === 'href' && value.startsWith('#') && !ids.has(value.slice(1)))
      faults.push(`${where} leads to ${value}, which is not there`);
    if (name === 'aria-labelledby')
      for (const id of value.split(' '))
        if (!ids.has(id)) faults.push(`${where} is labelled by ${id}, which is not there`);
  }
  if (tagName === 'style' && /url\(|@import|expression\(/i.test(textOf(element)))
    faults.push(`${where} loads something`);
  return faults;
}

function elementsIn(node: DefaultTreeAdapterTypes.Node): readonly Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : elementsIn(child)));
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
