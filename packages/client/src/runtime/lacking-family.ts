import type { ServerFamily } from '../server-family.ts';
import type { Operation } from './operation.ts';

/**
 * How a server may answer an operation that it lacks: no such path (404), no such method on it (405). On the
 * open-source one a wider path may also take the request for its own and fail at it (500, 501), and outside /api the
 * user interface answers (200 and a web page).
 */
const ANSWERS: Readonly<Record<'oss' | 'orkes', readonly number[]>> = {
  oss: [200, 404, 405, 500, 501],
  orkes: [404, 405],
};

/** The open-source server takes the end of these paths for the name of an event, and lists its handlers: none. */
const TAKEN_FOR_AN_EVENT: ReadonlySet<string> = new Set(['event.listActive', 'event.listWithCounts']);

/** A good answer to another question: a list where an operation gives an object. Only then is the server asked what it is. */
export function mayBeAnotherAnswer({ name }: Operation, data: unknown): boolean {
  return TAKEN_FOR_AN_EVENT.has(name) && Array.isArray(data);
}

/**
 * The family of the server where it is the one that lacks the operation; asked of a call that has failed. Decided by
 * the operation's mark and the family alone: what a server says to a path that it does not have proves nothing.
 */
export async function lackingFamily(
  operation: Operation,
  status: number,
  learn: () => Promise<ServerFamily>,
): Promise<'oss' | 'orkes' | undefined> {
  if (operation.server === 'both') return undefined;
  // Under /api no server shows its user interface: there a web page means a wrong address.
  if (status === 200 && operation.path[0]?.startsWith('/api/')) return undefined;
  const lacking = operation.server === 'oss' ? 'orkes' : 'oss';
  return ANSWERS[lacking].includes(status) && (await learn()) === lacking ? lacking : undefined;
}
