import { type FileHeader, ts } from '#api';
import type { SourceView } from '../sourceView.ts';
import { endingMembers, endingOf, memberName } from './endings.ts';

/** Methods that nobody calls on an object that is to go on. */
const FINAL =
  /^(?:dispose|destroy|teardown|tearDown|cleanup|cleanUp|unmount|componentWillUnmount|disconnectedCallback|ngOnDestroy|Symbol\.dispose|Symbol\.asyncDispose)$/;

/** The method by which objects of a class end, or should: components always have one. */
export function endOf(cls: ts.ClassLikeDeclaration, header: FileHeader): string | undefined {
  const own = endingMembers(cls)
    .map(({ name }) => memberName(name) ?? '')
    .find((name) => FINAL.test(name));
  if (own !== undefined) return own;
  const ending = endingOf(cls, header);
  const isComponent = /^(?:componentWillUnmount|disconnectedCallback)$/.test(ending.name);
  return isComponent || (ending.name === 'ngOnDestroy' && isDeclarable(cls, header)) ? ending.name : undefined;
}

/** Angular's services live as long as the application, its components and directives do not. */
function isDeclarable(cls: ts.ClassLikeDeclaration, header: FileHeader): boolean {
  const decorators = ts.canHaveDecorators(cls) ? (ts.getDecorators(cls) ?? []) : [];
  return decorators.some(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    return /^@angular\/core#(?:Component|Directive)$/.test(header.resolve(callee) ?? '');
  });
}

/** Whether the file makes its one object of a class itself: `export const app = new App()`, or keeps it in a static field. */
export function isOnlyOne(cls: ts.ClassLikeDeclaration, source: SourceView): boolean {
  const name = cls.name?.text;
  const keepsItself = cls.members.some(
    (member) =>
      (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0 &&
      /instance|singleton/i.test(memberName(member.name) ?? ''),
  );
  if (keepsItself || name === undefined) return keepsItself;
  const file = cls.getSourceFile();
  source.relyOn(file);
  const makes = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) return true;
    return ts.forEachChild(node, makes) === true;
  };
  return file.statements.some(makes);
}
