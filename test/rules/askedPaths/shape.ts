/** A service in an image whose check asks a path that no route is called like. */
export interface Shape {
  readonly name: string;
  /** `src/server.ts`. */
  readonly server: string;
  /** Beside Express, Fastify, Hono and Nest. */
  readonly packages?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** `http://localhost:3000/health` where it is left out. */
  readonly asks?: string;
}

/** Shapes of one kind of service, as names and what stands in its file. */
export type Bodies = Readonly<Record<string, string | readonly [body: string, more: Omit<Shape, 'name' | 'server'>]>>;

/** Puts bodies into the file of a service; lines of a body that import go to its top. */
export function shapes(kind: string, bodies: Bodies, put: (body: string) => string): readonly Shape[] {
  return Object.entries(bodies).map(([name, given]) => {
    const [body, more] = typeof given === 'string' ? [given, {}] : given;
    const lines = body.split('\n');
    const imports = lines.filter((line) => line.startsWith('import '));
    const rest = lines.filter((line) => !line.startsWith('import '));
    return { name: `${kind}: ${name}`, server: [...imports, put(rest.join('\n'))].join('\n'), ...more };
  });
}
