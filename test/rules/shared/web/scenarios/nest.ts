import { manifests, variantsOf } from './scenario.ts';

const controller = (
  guard: string,
  path: string,
) => `import { Controller, Delete, Get, Post, UseGuards } from '@nestjs/common';
import { DoorGuard } from './door.guard';
@Controller(${path})
export class BoatsController {
  ${guard}
  @Post()
  create() {}
  @Delete(':id')
  remove() {}
  @Get('health')
  health() {}
}
`;

/** A service of Nest: guards on routes, controllers, applications and modules; prefixes and versions. */
export const nest = variantsOf({
  'src/main.ts': [
    "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function start() {\n  const app = await NestFactory.create(AppModule);\n  app.setGlobalPrefix('api');\n  await app.listen(3000);\n}\nvoid start();\n",
    "import { NestFactory } from '@nestjs/core';\nimport helmet from 'helmet';\nimport { AppModule } from './app.module';\nimport { DoorGuard } from './door.guard';\nasync function start() {\n  const app = await NestFactory.create(AppModule);\n  app.use(helmet());\n  app.useGlobalGuards(new DoorGuard());\n  app.enableVersioning();\n  await app.listen(3000);\n}\nvoid start();\n",
    "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nimport { PREFIX } from './paths';\nasync function start() {\n  const app = await NestFactory.create(AppModule);\n  app.setGlobalPrefix(PREFIX, { exclude: ['boats/health'] });\n  app.enableShutdownHooks();\n  await app.listen(3000);\n}\nvoid start();\n",
  ],
  'src/app.module.ts': [
    "import { Module } from '@nestjs/common';\nimport { BoatsController } from './boats.controller';\n@Module({ controllers: [BoatsController] })\nexport class AppModule {}\n",
    "import { Module } from '@nestjs/common';\nimport { APP_GUARD } from '@nestjs/core';\nimport { ThrottlerGuard } from '@nestjs/throttler';\nimport { BoatsController } from './boats.controller';\n@Module({ controllers: [BoatsController], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })\nexport class AppModule {}\n",
  ],
  'src/boats.controller.ts': [
    controller('@UseGuards(DoorGuard)', "'boats'"),
    controller('', "{ path: 'boats', version: '2' }"),
    controller('@UseGuards(DoorGuard)', 'BOATS').replace(
      'import { Door',
      "import { BOATS } from './paths';\nimport { Door",
    ),
  ],
  'src/door.guard.ts': [
    'export class DoorGuard {\n  canActivate(context) {\n    return context.switchToHttp().getRequest().headers.authorization === process.env.KEY;\n  }\n}\n',
    'export class DoorGuard {\n  canActivate() {\n    return true;\n  }\n}\n',
  ],
  'src/paths.ts': [
    "export const BOATS = '/boats';\nexport const PREFIX = '/api';\n",
    "export const BOATS = '/ships';\n",
  ],
  'src/office/main.ts': [
    "import { NestFactory } from '@nestjs/core';\nimport { OfficeModule } from './office.module';\nNestFactory.create(OfficeModule).then((app) => app.listen(3001));\n",
    "import { NestFactory } from '@nestjs/core';\nimport { OfficeModule } from './office.module';\nexport const office = () => NestFactory.createApplicationContext(OfficeModule);\n",
  ],
  'src/office/desk.controller.ts': [
    "import { Controller, Post } from '@nestjs/common';\n@Controller('desk')\nexport class DeskController {\n  @Post('login')\n  login() {}\n}\n",
    "import { Controller, Post } from '@nestjs/common';\nimport { Throttle } from '@nestjs/throttler';\n@Controller('desk')\nexport class DeskController {\n  @Throttle({})\n  @Post('login')\n  login() {}\n}\n",
  ],
  'package.json': manifests('shipyard', {
    '@nestjs/core': '^11.0.0',
    '@nestjs/common': '^11.0.0',
    '@nestjs/throttler': '^6.0.0',
  }),
});
