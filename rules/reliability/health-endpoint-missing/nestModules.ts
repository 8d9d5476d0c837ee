import { type FileHeader, ts, unwrap } from '#api';

/** Stands for modules that cannot be told. */
export const ANY_MODULE = '*';

/** Modules of packages that answer no requests, or only under a path of their own that no check asks. */
const ANSWERS_NOTHING =
  /^(?:@nestjs\/(?!serve-static$|devtools)[\w-]+|@nestjs-(?:modules|cls|query|shared)\/[\w-]+|nestjs-(?:pino|i18n|cls|prisma|typegoose|redis|minio\w*|form-data|zod|otel|real-ip|command|rate-limiter|soap|paginate)|nest-(?:winston|commander|keycloak-connect|aws-sdk)|nestjs-keycloak-connect|@(?:liaoliaots|songkeys)\/nestjs-[\w-]+|@mikro-orm\/nestjs|@sentry\/nestjs(?:\/setup)?|@golevelup\/nestjs-(?:rabbitmq|discovery|modules|graphql-request)|@automapper\/nestjs|(?:@willsoto\/)?nestjs-prometheus|@bull-board\/nestjs|@knaadh\/nestjs-[\w-]+|@toondepauw\/nestjs-orama|nestjs-console|@ntegral\/nestjs-sentry|@casl\/[\w-]+|@logtail\/[\w-]+)$/;

/**
 * Packages and files from which a module of Nest imports modules, `imports: [ConfigModule.forRoot(), BerthsModule]`, those
 * left out that answer no requests; {@link ANY_MODULE} for what cannot be told.
 */
export function importedModules(list: ts.Expression, header: FileHeader): readonly string[] {
  const node = unwrap(list);
  if (!ts.isArrayLiteralExpression(node)) return [ANY_MODULE];
  return [...new Set(node.elements.flatMap((element) => moduleOf(element, header)))].sort();
}

function moduleOf(element: ts.Expression, header: FileHeader): readonly string[] {
  const node = unwrap(element);
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    const isForward = ts.isIdentifier(node.expression) && node.expression.text === 'forwardRef';
    if (!isForward) return moduleOf(node.expression, header);
    return first !== undefined && ts.isArrowFunction(first)
      ? moduleOf(first.body as ts.Expression, header)
      : [ANY_MODULE];
  }
  if (ts.isAwaitExpression(node)) return moduleOf(node.expression, header);
  const reference = header.resolve(node);
  if (reference === undefined) {
    // A class of the same file.
    return ts.isIdentifier(node) && node.text.endsWith('Module') ? [] : [ANY_MODULE];
  }
  const module = reference.split('#')[0] ?? '';
  return module.startsWith('.') || ANSWERS_NOTHING.test(module) ? [] : [module];
}
