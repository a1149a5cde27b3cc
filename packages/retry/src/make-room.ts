/** A client talks to one origin or two. The bound is for a program that walks through the web with one wrapper. */
const MAX_ORIGINS = 1_000;

/** Before an origin is added: forgets the oldest one where there are too many. */
export function makeRoom(origins: Map<string, unknown>): void {
  const oldest = origins.keys().next();
  if (origins.size >= MAX_ORIGINS && !oldest.done) origins.delete(oldest.value);
}
