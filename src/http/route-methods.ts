import type { FastifyInstance } from 'fastify';

/** The methods that a path can be asked with, sorted; none for a path that is no route of ours. */
export type MethodsOf = (path: string) => string[];

/** Notes every route registered after it, so that a wrong method can be told from a wrong path. */
export function noteRouteMethods(app: FastifyInstance): MethodsOf {
  const routes = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = routes.get(url) ?? new Set<string>();
    for (const name of [method].flat()) methods.add(name);
    routes.set(url, methods);
  });
  return (path) => {
    const found = [...routes].filter(([pattern]) => matches(pattern, path));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].toSorted();
  };
}

/** A part such as `:jobId` stands for any one part of the path. */
function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every(
      (part, index) => part === given[index] || (part.startsWith(':') && given[index] !== ''),
    )
  );
}
