/**
 * The names that calls of these references end with, to choose listeners by together with `imported`: `create` for
 * `@nestjs/core#NestFactory.create`, `default` for a module that is called itself.
 */
export function calledNames(references: Iterable<string>): ReadonlySet<string> {
  const names = new Set(['default']);
  for (const reference of references) {
    const name = /#(?:.*\.)?([^.]+)$/.exec(reference)?.[1];
    if (name !== undefined) names.add(name);
  }
  return names;
}
