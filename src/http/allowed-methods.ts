/** Which methods each address takes: filled while routes are registered, asked when none matched. */
import type { FastifyInstance } from 'fastify';

export class AllowedMethods {
  readonly #routes: { readonly segments: readonly string[]; readonly methods: Set<string> }[] = [];

  /** Watches the routes of an app; call before any is registered. */
  watch(app: FastifyInstance): void {
    app.addHook('onRoute', ({ url, method }) => {
      const segments = segmentsOf(url);
      let route = this.#routes.find((r) => r.segments.join('/') === segments.join('/'));
      if (route === undefined) {
        route = { segments, methods: new Set() };
        this.#routes.push(route);
      }
      for (const m of [method].flat()) route.methods.add(m);
    });
  }

  /** Methods of the address, sorted; empty when there is no such address. */
  of(url: string): string[] {
    const path = url.split(/[?#]/, 1)[0] ?? '';
    const segments = segmentsOf(path);
    const found = this.#routes.filter((r) => matches(r.segments, segments));
    return [...new Set(found.flatMap((r) => [...r.methods]))].sort();
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.at(-1) === '*') {
    return path.length >= pattern.length && pattern.slice(0, -1).every((s, i) => fits(s, path[i]));
  }
  return pattern.length === path.length && pattern.every((s, i) => fits(s, path[i]));
}

function fits(pattern: string, segment: string | undefined): boolean {
  return pattern.startsWith(':') ? segment !== undefined && segment !== '' : pattern === segment;
}
