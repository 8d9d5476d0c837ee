import { type Bodies, shapes } from './shape.ts';

/** What stands in `bootstrap`; what begins with `@` are other members of `@Module`, or of the class. */
const put = (body: string) => {
  const lines = body.split('\n');
  const of = (mark: string) =>
    lines.flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : [])).join('');
  return `import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

@Controller('api')
export class BerthsController {
  @Get('health')
  find() { return 'ok'; }
}

@Module({ ${of('@module ')} controllers: [BerthsController] })
export class AppModule { ${of('@class ')} }

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
${lines.filter((line) => !line.startsWith('@')).join('\n')}
  await app.listen(3000);
}
bootstrap();
`;
};

const at = (path: string) => ({ asks: `http://localhost:3000${path}` });
const versioned = (options: string) =>
  `import { VERSION_NEUTRAL, VersioningType } from '@nestjs/common';\n  app.enableVersioning(${options});`;
const imported = (name: string, from: string): Bodies[string] => [
  `import { ${name} } from '${from}';\n@module imports: [${name}.forRoot({})],`,
  from.startsWith('.') ? {} : { packages: [from] },
];
const applied = (body: string): Bodies[string] => [
  `import { AliveMiddleware } from './alive.js';\n@class configure(consumer) { consumer.apply(AliveMiddleware).forRoutes('*'); }`,
  { files: { 'src/alive.ts': `export class AliveMiddleware { use(req, res, next) { ${body} } }\n` } },
];
const filter = (body: string): Bodies[string] => [
  `import { Unknown } from './unknown.js';\n  app.useGlobalFilters(new Unknown());`,
  {
    files: {
      'src/unknown.ts': `import { Catch, NotFoundException } from '@nestjs/common';\n@Catch(NotFoundException)\nexport class Unknown { catch(error, host) { const response = host.switchToHttp().getResponse(); ${body} } }\n`,
    },
  },
];

const silent: Bodies = {
  'the route': ['', at('/api/health')],
  'under a prefix': [`  app.setGlobalPrefix('v1');`, at('/v1/api/health')],
  'under a prefix of the environment': `  app.setGlobalPrefix(process.env.PREFIX);`,
  'excluded from the prefix': [`  app.setGlobalPrefix('v1', { exclude: ['api/health'] });`, at('/api/health')],
  'excluded by a pattern': [`  app.setGlobalPrefix('v1', { exclude: ['api/(.*)'] });`, at('/api/health')],
  'kept by a pattern': [`  app.setGlobalPrefix('v1', { exclude: ['api/(.*)'] });`, at('/v1/api/health')],
  'under a version': [versioned(`{ type: VersioningType.URI, defaultVersion: '1' }`), at('/v1/api/health')],
  'under a version of another form': [
    versioned(`{ type: VersioningType.URI, defaultVersion: '2', prefix: 'ver' }`),
    at('/ver2/api/health'),
  ],
  'with and without a version': [
    versioned(`{ type: VersioningType.URI, defaultVersion: [VERSION_NEUTRAL, '1'] }`),
    at('/api/health'),
  ],
  'a version in a header': [versioned(`{ type: VersioningType.HEADER, header: 'v' }`), at('/api/health')],
  'middleware in place': `  app.use((req, res, next) => { if (req.url.startsWith('/heal')) { res.end('ok'); return; } next(); });`,
  'middleware of a module': applied(`if (req.url.startsWith('/heal')) res.end('ok'); else next();`),
  'middleware of a package': [
    `import { alive } from '@acme/alive';\n@class configure(consumer) { consumer.apply(alive()).forRoutes('*'); }`,
    { packages: ['@acme/alive'] },
  ],
  'the server below': `  app.getHttpAdapter().get('/' + 'health', (req, res) => res.send('ok'));`,
  files: imported('ServeStaticModule', '@nestjs/serve-static'),
  'a module of a package': imported('OpsModule', '@acme/nest-ops'),
  'modules of a list': '@module imports: [...modules()],',
  'pages for unknown paths': filter(`response.sendFile('/srv/index.html');`),
};

const reported: Bodies = {
  'nothing else': '',
  'without the prefix': [`  app.setGlobalPrefix('v1');`, at('/api/health')],
  'without the version': [versioned(`{ type: VersioningType.URI, defaultVersion: '1' }`), at('/api/health')],
  'another path is excluded': [`  app.setGlobalPrefix('v1', { exclude: ['files/(.*)'] });`, at('/api/health')],
  'middleware of a module': applied('console.log(req.url); next();'),
  'modules of known packages': imported('ConfigModule', '@nestjs/config'),
  'modules of its own': imported('BerthsModule', './berths.module.js'),
  'errors for unknown paths': filter('response.status(404).json({});'),
};

/** Services of Nest whose check may be answered. */
export const answeredByNest = shapes('Nest', silent, put);
/** Services of Nest whose check is not answered. */
export const unansweredByNest = shapes('Nest', reported, put);
