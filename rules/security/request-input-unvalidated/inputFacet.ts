import { type Anchor, type FileHeader, facet, type SourceFacetContext, ts } from '#api';
import { mayServe } from '../../_shared/web/project/makers.ts';
import { type Flow, type HandlerNode, handlerFlow } from './handlerFlow.ts';
import { exportedAs, nextRouteOf } from './nextRoute.ts';
import { FIRST_NAME } from './requestNames.ts';

/** A handler that hands on what the client sent as it came. */
export interface UncheckedHandler {
  readonly at: Anchor;
  /** What it is called where it is written; empty for one written in a registration. */
  readonly name: string;
  /** For one written in a registration: its method and path, as written. */
  readonly method: string;
  readonly path: string;
  readonly sink: Flow['sink'];
  readonly call: string;
  readonly part: Flow['part'];
  readonly fields: readonly string[];
  /** For a route handler of Next.js: what it answers, `POST /api/users`. */
  readonly answers?: string;
}

interface Fact extends Flow {
  readonly fn: ts.SignatureDeclaration;
}

/** Handlers by file that hand on what nobody looked at in them. */
export const inputFacet = facet<
  Fact,
  { readonly handlers: readonly UncheckedHandler[]; readonly taken: readonly string[] }
>({
  name: 'security/requestInput',
  skipsTests: true,
  collect: {
    ArrowFunction: (node, { header }) => factOf(node, header),
    FunctionExpression: (node, { header }) => factOf(node, header),
    FunctionDeclaration: (node, { header }) => factOf(node, header),
    MethodDeclaration: (node, { header }) => factOf(node, header),
  },
  fold(scope, ctx) {
    const facts = [...scope.all()].sort((a, b) => a.fn.pos - b.fn.pos);
    if (facts.length === 0) return undefined;
    const handlers = facts.map(({ fn, place, sink, part, fields }) => ({
      at: ctx.at(place),
      ...placeOf(fn),
      sink,
      call: place.getText().replace(/\s+/g, ''),
      part,
      fields,
      ...answersOf(fn, ctx),
    }));
    // Two functions of one name cannot be told apart from outside.
    const counts = new Map<string, number>();
    for (const { name } of handlers) counts.set(name, (counts.get(name) ?? 0) + 1);
    return { handlers, taken: [...counts].flatMap(([name, count]) => (name !== '' && count > 1 ? [name] : [])) };
  },
});

function factOf(fn: HandlerNode, header: FileHeader): Fact | undefined {
  if (fn.parameters.length === 0 || fn.parameters.length > 4) return undefined;
  const [first] = fn.parameters;
  if (first === undefined) return undefined;
  const { name } = first;
  const looksRight = ts.isIdentifier(name) ? FIRST_NAME.test(name.text) : ts.isObjectBindingPattern(name);
  if (!looksRight || (!mayServe(header) && nextRouteOf(header) === undefined)) return undefined;
  const flow = handlerFlow(fn, header);
  return flow && { ...flow, fn };
}

/** What a handler answers that Next.js finds by its file and by how it is exported. */
function answersOf(
  fn: ts.SignatureDeclaration,
  { file, header }: SourceFacetContext,
): Pick<UncheckedHandler, 'answers'> {
  const route = nextRouteOf(header);
  const exported = route && exportedAs(fn, file);
  if (route === undefined || exported === undefined) return {};
  if (route.isPage) return exported === 'default' ? { answers: route.path } : {};
  return /^(?:POST|PUT|PATCH|DELETE)$/.test(exported) ? { answers: `${exported} ${route.path}` } : {};
}

/** How a registration names a function: by itself, or by the call it is written in. */
function placeOf(fn: ts.SignatureDeclaration): Pick<UncheckedHandler, 'name' | 'method' | 'path'> {
  const own = fn.name !== undefined && ts.isIdentifier(fn.name) ? fn.name.text : undefined;
  if (own !== undefined && !ts.isFunctionExpression(fn)) return { name: own, method: '', path: '' };
  let node: ts.Node = fn;
  for (let steps = 0; steps < 6; steps++) {
    const { parent } = node;
    if (ts.isPropertyAssignment(parent) && parent.name.getText() === 'handler') {
      const registered = optionsPlace(parent.parent);
      if (registered !== undefined) return { name: '', ...registered };
    }
    if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
      return { name: ts.isIdentifier(parent.name) ? parent.name.text : '', method: '', path: '' };
    }
    if (ts.isExportAssignment(parent)) return { name: 'default', method: '', path: '' };
    if (ts.isBinaryExpression(parent)) {
      const name = /[^.]*$/.exec(parent.left.getText())?.[0] ?? '';
      return { name: name === 'exports' ? 'default' : name, method: '', path: '' };
    }
    if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression)) {
      const method = parent.expression.name.text;
      const path = pathOf(parent);
      if (path !== undefined) return { name: '', method, path };
    }
    if (!ts.isCallExpression(parent) && !ts.isArrayLiteralExpression(parent) && !ts.isParenthesizedExpression(parent))
      break;
    node = parent;
  }
  return { name: '', method: '', path: '' };
}

/** `route({ method, url, handler })`, `post('/users', { handler })`. */
function optionsPlace(options: ts.ObjectLiteralExpression): Pick<UncheckedHandler, 'method' | 'path'> | undefined {
  const call = options.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const texts = new Map<string, string>();
  for (const property of options.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteralLike(property.initializer)) continue;
    texts.set(property.name.getText(), property.initializer.text);
  }
  const own = call.expression.name.text;
  const method = own === 'route' ? texts.get('method')?.toLowerCase() : own;
  const path = own === 'route' ? (texts.get('url') ?? texts.get('path')) : pathOf(call);
  return method === undefined || path === undefined ? undefined : { method, path };
}

/** `post('/users', …)`, `route('/users').post(…)`. */
function pathOf({ arguments: [first], expression }: ts.CallExpression): string | undefined {
  if (first !== undefined && ts.isStringLiteralLike(first)) return first.text;
  let holder: ts.Node = expression;
  for (let steps = 0; steps < 12; steps++) {
    if (ts.isPropertyAccessExpression(holder)) holder = holder.expression;
    else if (ts.isCallExpression(holder)) {
      const [path] = holder.arguments;
      const isRoute = ts.isPropertyAccessExpression(holder.expression) && holder.expression.name.text === 'route';
      if (isRoute && path !== undefined && ts.isStringLiteralLike(path)) return path.text;
      holder = holder.expression;
    } else return undefined;
  }
  return undefined;
}
