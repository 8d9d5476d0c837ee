import { type DataDocument, type FormatDocument, facet } from '#api';

/** Whether a document describes an API: one of OpenAPI or Swagger, or a collection of requests. */
export const specFacet = facet<never, { readonly describes: 'api' }>({
  name: 'delivery/apiSpecs',
  documents: {
    languages: ['json', 'yaml'],
    fold: (document, { localPath }) =>
      !/package(?:-lock)?\.json$|tsconfig/.test(localPath) && describesApi(document) ? { describes: 'api' } : undefined,
  },
});

const MARKS: ReadonlySet<string> = new Set(['openapi', 'swagger', 'asyncapi']);

function describesApi(document: FormatDocument): boolean {
  if (document.language !== 'json' && document.language !== 'yaml') return false;
  const [root]: DataDocument['roots'] = document.roots;
  if (root?.kind !== 'object') return false;
  return root.entries.some(({ key, value }) => MARKS.has(key) || (key === 'info' && isCollection(value)));
}

/** Postman's collections name their schema in `info`. */
function isCollection(value: DataDocument['roots'][number] | undefined): boolean {
  if (value?.kind !== 'object') return false;
  const schema = value.entries.find(({ key }) => key === 'schema')?.value;
  return schema?.kind === 'scalar' && /getpostman|postman/.test(String(schema.value));
}
