import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { isFunctionWithBody } from '#rules/_shared/enclosing.ts';
import { handlerFunctions } from '#rules/_shared/web/handlerFunctions.ts';
import { handlerOf } from '#rules/_shared/web/handlerRoles.ts';
import { requestData } from '#rules/_shared/web/requestData.ts';
import { responseCall } from '#rules/_shared/web/responseCalls.ts';
import { routeOf } from '#rules/_shared/web/routes.ts';
import { nodesOf, sourceView } from './sourceView.ts';

/** `framework role=name …` of every handler in a text. */
function handlers(text: string, path?: string): readonly string[] {
  const source = sourceView(text, path);
  return nodesOf(source.file, isFunctionWithBody).flatMap((fn) => {
    const handler = handlerOf(fn, source);
    if (handler === undefined) return [];
    const roles = Object.entries(handler.parameters).map(([role, { name }]) => `${role}=${name.getText()}`);
    return [[handler.framework, ...roles].join(' ')];
  });
}

const HANDLERS: readonly (readonly [string, string, readonly string[], string?])[] = [
  ['names alone', 'export const h = (req, res, next) => next();', ['express request=req response=res next=next']],
  [
    'an error in front',
    'const h = (err, _req, res, _next) => {};',
    ['express error=err request=_req response=res next=_next'],
  ],
  [
    'an error handler with too few',
    'import e from "express"; e().use((err, req, res) => {});',
    ['express error=err request=req response=res'],
  ],
  [
    'types under any names',
    'import type { Request as R, Response as S } from "express"; function h(a: R, b: S) {}',
    ['express request=a response=b'],
  ],
  [
    'a namespace of types',
    'import * as e from "express"; const h = (a: e.Request, b: e.Response, c: e.NextFunction) => {};',
    ['express request=a response=b next=c'],
  ],
  [
    'the type of the handler',
    'import { RequestHandler } from "express"; const h: RequestHandler = (a, b) => {};',
    ['express request=a response=b'],
  ],
  [
    'the type of the error handler',
    'import { ErrorRequestHandler } from "express"; const h: ErrorRequestHandler = (a, b, c, d) => {};',
    ['express error=a request=b response=c next=d'],
  ],
  [
    'the route it is written in',
    'import express from "express"; const app = express(); app.get("/", (a, b) => {});',
    ['express request=a response=b'],
  ],
  [
    'a wrapper around it',
    'import { Router } from "express"; const r = Router(); r.post("/", wrap(async (a, b) => {}));',
    ['express request=a response=b'],
  ],
  ['an unused request', 'const h = (_, res) => {};', []],
  ['a fetched response', 'fetch("/").then((res) => res.json());', []],
  ['a mocked server', 'const h = (req, res, ctx) => res(ctx.json({}));', []],
  ['other types', 'const h = (req: OrderDto, res: Table) => {};', []],
  ['Fastify by names', 'const h = async (request, reply) => {};', ['fastify request=request response=reply']],
  [
    'Fastify by route',
    'import Fastify from "fastify"; const app = Fastify(); app.get("/", async (a) => {});',
    ['fastify request=a'],
  ],
  [
    'Fastify by options',
    'import Fastify from "fastify"; const app = Fastify(); app.route({ method: "GET", url: "/", handler: (a, b) => {} });',
    ['fastify request=a response=b'],
  ],
  [
    'Fastify errors',
    'import Fastify from "fastify"; Fastify().setErrorHandler((e, a, b) => {});',
    ['fastify error=e request=a response=b'],
  ],
  [
    'Koa',
    'import Router from "@koa/router"; const r = new Router(); r.get("/", async (c, n) => {});',
    ['koa context=c next=n'],
  ],
  [
    'Koa by type',
    'import { Context, Next } from "koa"; export async function h(c: Context, n: Next) {}',
    ['koa context=c next=n'],
  ],
  ['Hono', 'import { Hono } from "hono"; const app = new Hono(); app.get("/", (c) => c.text(""));', ['hono context=c']],
  [
    'Hono errors',
    'import { Hono } from "hono"; const app = new Hono(); app.onError((e, c) => c.text(""));',
    ['hono error=e context=c'],
  ],
  [
    'NestJS',
    'import { Get, Req, Res } from "@nestjs/common"; class C { @Get() m(@Req() a, @Res() b) {} }',
    ['nest request=a response=b'],
  ],
  [
    'NestJS middleware',
    'import { Request, Response, NextFunction } from "express"; class M { use(q: Request, s: Response, n: NextFunction) {} }',
    ['express request=q response=s next=n'],
  ],
  [
    'Next.js pages',
    'import type { NextApiRequest, NextApiResponse } from "next"; export default function h(a: NextApiRequest, b: NextApiResponse) {}',
    ['next request=a response=b'],
  ],
  [
    'Next.js routes',
    'export async function POST(request) {} export const GET = async (r) => {}; function other(r) {}',
    ['fetch request=request', 'fetch request=r'],
    '/w/app/api/route.ts',
  ],
  ['a standard request', 'export function h(r: Request) {}', ['fetch request=r']],
  ['Node.js', 'import { createServer } from "node:http"; createServer((a, b) => {});', ['http request=a response=b']],
  [
    'a listener',
    'import http from "http"; const s = http.createServer(); s.on("request", (a, b) => {});',
    ['http request=a response=b'],
  ],
];

for (const [name, text, expected, path] of HANDLERS) {
  test(`handler by ${name}`, () => assert.deepEqual(handlers(text, path), expected));
}

const EXPRESS = 'import express from "express"; const app = express();';

const ROUTES: readonly (readonly [string, string, readonly string[]])[] = [
  ['path and handlers', `${EXPRESS} app.post("/a", auth, h);`, ['express post "/a" auth,h']],
  [
    'route(path)',
    `${EXPRESS} app.route("/a").get(h).post(i);`,
    ['express post "/a" i', 'express get "/a" h', 'express route "/a" '],
  ],
  ['middleware', `${EXPRESS} app.use(cors()); app.use("/a", r);`, ['express use - cors()', 'express use "/a" r']],
  ['a path in a constant', `${EXPRESS} app.get(PATHS.a, h);`, ['express get PATHS.a h']],
  [
    'a typed router',
    'import { Router } from "express"; function f(r: Router) { r.get("/", h); }',
    ['express get "/" h'],
  ],
  [
    'a field',
    'import { Router } from "express"; class A { router = Router(); m() { this.router.get("/", h); } }',
    ['express get "/" h'],
  ],
  ['other gets', 'import express from "express"; const m = new Map(); m.get("a", b); cache.get("/", h);', []],
  [
    'Fastify options',
    'import Fastify from "fastify"; const f = Fastify(); f.route({ method: "PUT", url: "/a", preHandler: p, handler: h });',
    ['fastify put "/a" p,h'],
  ],
  [
    'Fastify hooks',
    'import Fastify from "fastify"; const f = Fastify(); f.addHook("onRequest", h);',
    ['fastify hook - h'],
  ],
  [
    'Koa',
    'import Router from "koa-router"; const r = new Router({ prefix: "/x" }); r.get("/a", h);',
    ['koa get "/a" h'],
  ],
  ['Node.js', 'import http from "http"; http.createServer(app).listen(1);', ['http listener - app']],
];

for (const [name, text, expected] of ROUTES) {
  test(`route: ${name}`, () => {
    const source = sourceView(text);
    const found = nodesOf(source.file, ts.isCallExpression).flatMap((call) => {
      const route = routeOf(call, source);
      if (route === undefined) return [];
      const list = route.handlers.map((handler) => handler.getText()).join();
      return [`${route.framework} ${route.method} ${route.path?.getText() ?? '-'} ${list}`];
    });
    assert.deepEqual(found, expected);
  });
}

/** The part of a request that the argument of `sink(…)` is. */
function parts(text: string, path?: string): readonly string[] {
  const source = sourceView(text, path);
  return nodesOf(source.file, ts.isCallExpression).flatMap((call) => {
    if (call.expression.getText() !== 'sink' || call.arguments[0] === undefined) return [];
    return [requestData(call.arguments[0], source)?.part ?? '-'];
  });
}

const DATA: readonly (readonly [string, string, readonly string[], string?])[] = [
  [
    'members',
    '(req, res) => { sink(req.body.a); sink(req.query["a"]); sink(req.params.a!); sink(req.headers.a as string); }',
    ['body', 'query', 'params', 'headers'],
  ],
  [
    'readers',
    '(req, res) => { sink(req.get("host")); sink(req.header("a")); sink(req.param("a")); }',
    ['headers', 'headers', 'params'],
  ],
  [
    'locals',
    '(req, res) => { const q = req.query; const { a: { b }, ...rest } = q; sink(b); sink(rest); }',
    ['query', '-'],
  ],
  ['destructured', '(req, res) => { const { body: { url }, ip } = req; sink(url); sink(ip); }', ['body', '-']],
  ['destructured in place', '({ params: { id } }, res) => { sink(id); }', ['params']],
  [
    'built texts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code under test
    '(req, res) => { sink(`/a/${1}/${req.params.a}`); sink("a" + req.body.b + "c"); sink(x ? "" : req.url); sink(req.query.a || "/"); }',
    ['params', 'body', 'url', 'query'],
  ],
  [
    'reshaped',
    '(req, res) => { sink(String(req.query.a).trim()); sink(decodeURIComponent(req.params.a)); }',
    ['query', 'params'],
  ],
  [
    'functions in between',
    '(req, res) => { sink(clean(req.query.a)); sink(Number(req.query.a)); sink(req.body.a.length); }',
    ['-', '-', '-'],
  ],
  ['closures', '(req, res) => { find((err, doc) => { sink(req.body.a); sink(doc.a); }); }', ['body', '-']],
  [
    'other things',
    '(req, res) => { sink(req.user.id); sink(req.session.a); sink(req.ip); sink(res.locals.a); }',
    ['-', '-', '-', '-'],
  ],
  ['a shadowed name', '(req, res) => { for (const req of list) sink(req.body); }', ['-']],
  ['cycles', '(req, res) => { const a = b; const b = a; sink(a); }', ['-']],
  [
    'Koa',
    'import { Context } from "koa"; (ctx: Context) => { sink(ctx.request.body.a); sink(ctx.query.a); sink(ctx.params.a); sink(ctx.state.a); }',
    ['body', 'query', 'params', '-'],
  ],
  [
    'Hono',
    'import { Context } from "hono"; async (c: Context) => { sink(c.req.query("a")); const { a } = await c.req.json(); sink(a); sink(c.get("a")); }',
    ['query', 'body', '-'],
  ],
  [
    'NestJS',
    'import { Body, Query } from "@nestjs/common"; class C { m(@Body() dto: D, @Query("a") a: string, b: string) { sink(dto.a); sink(a); sink(b); } }',
    ['body', 'query', '-'],
  ],
  [
    'a guard of NestJS',
    'class G { m(c) { const request = c.switchToHttp().getRequest(); sink(request.headers.a); } }',
    ['headers'],
  ],
  [
    'Next.js',
    'export async function GET(r) { const { searchParams } = r.nextUrl; sink(searchParams.get("a")); const b = await r.json(); sink(b.c); }',
    ['query', 'body'],
    '/w/app/a/route.ts',
  ],
];

for (const [name, text, expected, path] of DATA) {
  test(`request data: ${name}`, () => assert.deepEqual(parts(text, path), expected));
}

const RESPONSES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Express',
    '(req, res) => { res.status(500).json(a); res.send(a); res.sendStatus(404); other.send(a); }',
    ['express json 500', 'express status 500', 'express send -', 'express sendStatus 404'],
  ],
  ['Fastify', '(request, reply) => reply.code(503).send(a)', ['fastify send 503', 'fastify code 503']],
  ['Hono', 'import { Context } from "hono"; (c: Context) => c.json(a, 502)', ['hono json 502']],
  [
    'Next.js',
    'import { NextResponse } from "next/server"; NextResponse.json(a, { status: 500 }); new Response(a); Response.json(b);',
    ['fetch json 500', 'fetch send -', 'fetch json -'],
  ],
  ['a fetched response', 'fetch(u).then((res) => res.json())', []],
];

for (const [name, text, expected] of RESPONSES) {
  test(`response: ${name}`, () => {
    const source = sourceView(text);
    const calls = nodesOf(source.file, (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
    const found = calls.flatMap((call) => {
      const response = responseCall(call, source);
      return response === undefined ? [] : [`${response.framework} ${response.method} ${response.status ?? '-'}`];
    });
    assert.deepEqual(found, expected);
  });
}

const HANDED_OVER: readonly (readonly [string, string, readonly string[]])[] = [
  ['in place and by name', 'function a() {} sink(a); sink(() => 1);', ['a() {}', '() => 1']],
  [
    'lists and wrappers',
    'const a = () => 1; sink([wrap(a), b ? () => 2 : () => 3]);',
    ['() => 1', '() => 2', '() => 3'],
  ],
  [
    'members',
    'class C { a() { sink(this.a.bind(this)); } b = () => 1; } sink(new C().b); sink({ c() {} }.c);',
    ['a()', '() => 1', 'c() {}'],
  ],
  ['what a function makes', 'function make() { return () => 1; } sink(make());', ['() => 1']],
  ['nothing of this file', 'import a from "./a"; sink(a); sink(a.b);', []],
];

for (const [name, text, expected] of HANDED_OVER) {
  test(`functions handed over: ${name}`, () => {
    const source = sourceView(text);
    const calls = nodesOf(source.file, ts.isCallExpression).filter((call) => call.expression.getText() === 'sink');
    const found = calls.flatMap((call) => handlerFunctions(call.arguments[0], source)).map((fn) => fn.getText());
    assert.equal(found.length, expected.length);
    for (const [index, text] of expected.entries()) assert.ok(found[index]?.replace('function ', '').startsWith(text));
  });
}
