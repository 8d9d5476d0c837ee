import type { ts } from '#api';
import type { Hint } from './facts.ts';

/** What one statement tells about services; put together by the facet's fold. */
export type WebFact =
  | { readonly kind: 'operation'; readonly node: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'made'; readonly node: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'handler'; readonly node: ts.SignatureDeclaration }
  | { readonly kind: 'assigned'; readonly node: ts.BinaryExpression }
  | { readonly kind: 'exported'; readonly node: ts.Node }
  | { readonly kind: 'hint'; readonly node: ts.Node; readonly hint: Hint }
  | { readonly kind: 'health'; readonly path: string }
  | { readonly kind: 'controller'; readonly node: ts.ClassDeclaration }
  /** A function that is given a socket, a class that makes sockets. */
  | { readonly kind: 'socket'; readonly node: ts.SignatureDeclaration | ts.ClassDeclaration }
  /** `{ provide: APP_GUARD, … }`. */
  | { readonly kind: 'provider'; readonly node: ts.ObjectLiteralExpression }
  /** `consumer.apply(…)`. */
  | { readonly kind: 'guards'; readonly node: ts.CallExpression }
  /** Imports a package that takes care of something services need. */
  | { readonly kind: 'package' };
