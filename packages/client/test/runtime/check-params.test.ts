import { expect, test } from 'vitest';
import { checkParams } from '../../src/runtime/check-params.ts';
import { anOperation } from '../operations.ts';

const get = anOperation({
  name: 'workflow.get',
  path: ['/api/workflow/', ''],
  pathParams: ['workflowId'],
  queryParams: ['includeTasks', 'summarize'],
  headerParams: ['X-Trace'],
});
const refused = (path: string, trouble: string, advice: string): unknown =>
  expect.objectContaining({
    code: 'INVALID_REQUEST',
    message: `workflow.get was not sent: ${trouble}`,
    path,
    hint: `${path}: ${advice}`,
  });

test.each([undefined, null, {}])('no parameters are an empty object: %j', (given) => {
  expect(checkParams(get, given)).toEqual({});
});

test('parameters that are no object are refused with the name of the one that was probably meant', () => {
  expect(() => checkParams(get, 'the-id')).toThrow(
    refused('params', 'the parameters are not an object', 'give them by name in one object: { workflowId: … }.'),
  );
});

test.each([
  ['includeTask', 'includeTasks'],
  ['workflowid', 'workflowId'],
  ['summarise', 'summarize'],
  ['xTrace', 'X-Trace'],
])('the parameter %s is refused, since %s was meant', (name, meant) => {
  expect(() => checkParams(get, { [name]: 'x' })).toThrow(
    refused(name, 'a parameter is unknown', `there is no such parameter; meant was perhaps ${meant}.`),
  );
});

test('a name that resembles a parameter passes where that one is given too, and so does any other', () => {
  const params = { workflowId: 'w', workflowID: 'w', correlationId: 'c', includeTask: undefined };
  expect(checkParams(get, params)).toBe(params);
});

test('an option of the call among the parameters is refused: the call would go on without it', () => {
  expect(() => checkParams(get, { workflowId: 'w', timeoutMs: 5 })).toThrow(
    refused(
      'timeoutMs',
      'an option stands among the parameters',
      'is an option of the call: give it in the second argument.',
    ),
  );
  const own = anOperation({ queryParams: ['timeoutMs'] });
  expect(checkParams(own, { timeoutMs: 5 })).toEqual({ timeoutMs: 5 });
});

test.each([{}, { event: undefined }, { event: null }])('a required parameter of the query is missed: %j', (given) => {
  const operation = { ...get, queryParams: ['event'], requiredParams: ['event'] };
  expect(() => checkParams(operation, given)).toThrow(refused('event', 'a parameter is missing', 'is required.'));
  expect(checkParams(operation, { event: '' })).toEqual({ event: '' });
});
