import {
  readChoice,
  readList,
  readMap,
  readNumber,
  readOptionalMap,
  readPlainFlag,
  readPlainNumber,
  readText,
  readTextMap,
  readTexts,
} from './field-readers.ts';
import type { SubWorkflowParams, TaskDef, WorkflowDef, WorkflowTask } from './definition-types.ts';
import type { JsonMap } from './json-map.ts';
import { internal } from './server-error.ts';

/** The members are those the real server knows; it ignores any other. */

const TASK_DEF = 'com.netflix.conductor.common.metadata.tasks.TaskDef';
const WORKFLOW_DEF = 'com.netflix.conductor.common.metadata.workflow.WorkflowDef';
const WORKFLOW_TASK = 'com.netflix.conductor.common.metadata.workflow.WorkflowTask';

export function completeTaskDef(value: unknown): TaskDef {
  // A text is a definition with this name.
  const raw = typeof value === 'string' ? { name: value } : readMap(value, TASK_DEF);
  return {
    ...optionalTexts(raw, [
      'description',
      'createdBy',
      'updatedBy',
      'ownerApp',
      'ownerEmail',
      'isolationGroupId',
      'executionNameSpace',
      'baseType',
    ]),
    ...optionalNumbers(raw, ['pollTimeoutSeconds', 'concurrentExecLimit']),
    ...optionalMaps(raw, ['inputSchema', 'outputSchema']),
    createTime: readNumber(raw['createTime']) ?? 0,
    updateTime: readNumber(raw['updateTime']) ?? 0,
    name: readText(raw['name']) ?? '',
    retryCount: readPlainNumber(raw['retryCount'], 3),
    timeoutSeconds: readPlainNumber(raw['timeoutSeconds'], 0),
    inputKeys: readTexts(raw['inputKeys']),
    outputKeys: readTexts(raw['outputKeys']),
    timeoutPolicy:
      readChoice(raw['timeoutPolicy'], ['RETRY', 'TIME_OUT_WF', 'ALERT_ONLY'], `${TASK_DEF}$TimeoutPolicy`) ??
      'TIME_OUT_WF',
    retryLogic:
      readChoice(raw['retryLogic'], ['FIXED', 'EXPONENTIAL_BACKOFF', 'LINEAR_BACKOFF'], `${TASK_DEF}$RetryLogic`) ??
      'FIXED',
    retryDelaySeconds: readPlainNumber(raw['retryDelaySeconds'], 60),
    maxRetryDelaySeconds: readPlainNumber(raw['maxRetryDelaySeconds'], 0),
    backoffScaleFactor: readNumber(raw['backoffScaleFactor']) ?? 1,
    backoffJitterMs: readPlainNumber(raw['backoffJitterMs'], 0),
    responseTimeoutSeconds: readPlainNumber(raw['responseTimeoutSeconds'], 3600),
    totalTimeoutSeconds: readPlainNumber(raw['totalTimeoutSeconds'], 0),
    inputTemplate: readOptionalMap(raw['inputTemplate'], 'java.util.Map') ?? {},
    rateLimitPerFrequency: readNumber(raw['rateLimitPerFrequency']) ?? 0,
    rateLimitFrequencyInSeconds: readNumber(raw['rateLimitFrequencyInSeconds']) ?? 1,
    runtimeMetadata: Array.isArray(raw['runtimeMetadata']) ? raw['runtimeMetadata'] : [],
    taskStatusListenerEnabled: readPlainFlag(raw['taskStatusListenerEnabled'], true),
    enforceSchema: readPlainFlag(raw['enforceSchema'], false),
  };
}

export function completeWorkflowDef(value: unknown): WorkflowDef {
  const raw = readMap(value, WORKFLOW_DEF);
  return {
    ...optionalTexts(raw, [
      'description',
      'createdBy',
      'updatedBy',
      'ownerApp',
      'ownerEmail',
      'failureWorkflow',
      'workflowStatusListenerSink',
    ]),
    ...optionalNumbers(raw, ['createTime', 'updateTime', 'failureWorkflowVersion']),
    ...optionalMaps(raw, ['inputSchema', 'outputSchema', 'cacheConfig']),
    ...(raw['rateLimitConfig'] ? { rateLimitConfig: completeRateLimit(raw['rateLimitConfig']) } : {}),
    name: readText(raw['name']) ?? '',
    version: readPlainNumber(raw['version'], 1),
    tasks: readOuterSteps(raw['tasks']),
    inputParameters: readTexts(raw['inputParameters']),
    outputParameters: readOptionalMap(raw['outputParameters'], 'java.util.Map') ?? {},
    schemaVersion: readPlainNumber(raw['schemaVersion'], 2),
    restartable: readPlainFlag(raw['restartable'], true),
    workflowStatusListenerEnabled: readPlainFlag(raw['workflowStatusListenerEnabled'], false),
    timeoutPolicy:
      readChoice(raw['timeoutPolicy'], ['TIME_OUT_WF', 'ALERT_ONLY'], `${WORKFLOW_DEF}$TimeoutPolicy`) ?? 'ALERT_ONLY',
    timeoutSeconds: readPlainNumber(raw['timeoutSeconds'], 0),
    variables: readOptionalMap(raw['variables'], 'java.util.Map') ?? {},
    inputTemplate: readOptionalMap(raw['inputTemplate'], 'java.util.Map') ?? {},
    enforceSchema: readPlainFlag(raw['enforceSchema'], true),
    metadata: readOptionalMap(raw['metadata'], 'java.util.Map') ?? {},
    maskedFields: readTexts(raw['maskedFields']),
  };
}

export function completeWorkflowTask(value: unknown): WorkflowTask {
  const raw = readMap(value, WORKFLOW_TASK);
  const cases = readOptionalMap(raw['decisionCases'], 'java.util.Map') ?? {};
  return {
    ...optionalTexts(raw, [
      'description',
      'dynamicTaskNameParam',
      'caseValueParam',
      'caseExpression',
      'scriptExpression',
      'dynamicForkJoinTasksParam',
      'dynamicForkTasksParam',
      'dynamicForkTasksInputParamName',
      'sink',
      'loopCondition',
      'evaluatorType',
      'expression',
      'items',
      'joinStatus',
      'joinMode',
    ]),
    ...optionalNumbers(raw, ['retryCount']),
    ...optionalMaps(raw, ['cacheConfig']),
    name: readText(raw['name']) ?? '',
    taskReferenceName: readText(raw['taskReferenceName']) ?? '',
    inputParameters: readOptionalMap(raw['inputParameters'], 'java.util.Map') ?? {},
    type: readText(raw['type']) ?? readText(raw['workflowTaskType']) ?? 'SIMPLE',
    decisionCases: Object.fromEntries(Object.entries(cases).map(([name, steps]) => [name, readSteps(steps)])),
    defaultCase: readSteps(raw['defaultCase']),
    forkTasks: raw['forkTasks']
      ? readList(raw['forkTasks'], `java.util.List<java.util.List<${WORKFLOW_TASK}>>`).map((branch) =>
          readSteps(branch),
        )
      : [],
    startDelay: readPlainNumber(raw['startDelay'], 0),
    ...(raw['subWorkflowParam'] ? { subWorkflowParam: completeSubWorkflow(raw['subWorkflowParam']) } : {}),
    joinOn: readTexts(raw['joinOn']),
    optional: readPlainFlag(raw['optional'], false),
    ...(raw['taskDefinition'] ? { taskDefinition: completeTaskDef(raw['taskDefinition']) } : {}),
    defaultExclusiveJoinTask: readTexts(raw['defaultExclusiveJoinTask']),
    asyncComplete: readPlainFlag(raw['asyncComplete'], false),
    loopOver: readSteps(raw['loopOver']),
    onStateChange: readOptionalMap(raw['onStateChange'], 'java.util.Map') ?? {},
    permissive: readPlainFlag(raw['permissive'], false),
    metadata: readOptionalMap(raw['metadata'], 'java.util.Map') ?? {},
  };
}

function completeRateLimit(value: unknown): JsonMap {
  return { policy: 'QUEUE', ...readMap(value, 'com.netflix.conductor.common.metadata.workflow.RateLimitConfig') };
}

function completeSubWorkflow(value: unknown): SubWorkflowParams {
  const raw = readMap(value, 'com.netflix.conductor.common.metadata.workflow.SubWorkflowParams');
  return {
    ...raw,
    name: readText(raw['name']),
    version: readNumber(raw['version']),
    ...(raw['taskToDomain'] ? { taskToDomain: readTextMap(raw['taskToDomain']) } : {}),
  };
}

/** No list at all and an empty place in it trip the server's validation. */
function readOuterSteps(value: unknown): WorkflowTask[] {
  if (value === null || (Array.isArray(value) && value.includes(null)))
    throw internal('HV000028: Unexpected exception during isValid call.');
  return readSteps(value);
}

function readSteps(value: unknown): WorkflowTask[] {
  if (value === undefined || value === null) return [];
  return readList(value, `java.util.ArrayList<${WORKFLOW_TASK}>`).map((step) => completeWorkflowTask(step));
}

function optionalTexts(raw: JsonMap, names: readonly string[]): JsonMap {
  return present(raw, names, readText);
}

function optionalNumbers(raw: JsonMap, names: readonly string[]): JsonMap {
  return present(raw, names, readNumber);
}

function optionalMaps(raw: JsonMap, names: readonly string[]): JsonMap {
  return present(raw, names, (value) => readOptionalMap(value, 'java.util.Map'));
}

/** Absent members stay absent, so that they are left out of the JSON as the real server leaves out nulls. */
function present(raw: JsonMap, names: readonly string[], read: (value: unknown) => unknown): JsonMap {
  const found: JsonMap = {};
  for (const name of names) {
    const value = read(raw[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
