import type { Fault } from './fault.ts';

/** Refuses a fault that could not be carried out, where the test adds it and not in the middle of an exchange. */
export function checkFault(fault: Fault): void {
  if (fault.kind === 'status') {
    const { status, headers = {} } = fault;
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new RangeError(`status: ${status} is no status of a final answer. Give one from 200 to 599.`);
    }
    // Not by an import, which would set global dispatchers: see listener.
    const { validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
  }
  if (fault.kind === 'drip' && fault.bytes !== undefined && !(fault.bytes >= 1)) {
    throw new RangeError(`bytes: ${fault.bytes} at a time would never end. Give 1 or more.`);
  }
}
