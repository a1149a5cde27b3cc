import { emptyAnswer, jsonAnswer } from '../answer.ts';
import { parseInteger } from '../query-parameters.ts';
import type { Route } from '../route.ts';

export const metadataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/metadata/taskdefs',
    operation: 'metadata.getTaskDefs',
    handle: (_, { engine }) => jsonAnswer(engine.metadata.getTaskDefs()),
  },
  {
    method: 'POST',
    path: '/api/metadata/taskdefs',
    operation: 'metadata.registerTaskDefs',
    body: 'array',
    handle({ body }, { engine }) {
      engine.metadata.registerTaskDefs(body);
      return emptyAnswer();
    },
  },
  {
    method: 'PUT',
    path: '/api/metadata/taskdefs',
    operation: 'metadata.updateTaskDef',
    // A definition has a constructor for its name alone.
    body: 'object-or-text',
    handle({ body }, { engine }) {
      engine.metadata.updateTaskDef(body);
      return emptyAnswer();
    },
  },
  {
    method: 'GET',
    path: '/api/metadata/taskdefs/{tasktype}',
    operation: 'metadata.getTaskDef',
    handle: ({ segment }, { engine }) => jsonAnswer(engine.metadata.getTaskDef(segment('tasktype'))),
  },
  {
    method: 'DELETE',
    path: '/api/metadata/taskdefs/{tasktype}',
    operation: 'metadata.unregisterTaskDef',
    handle({ segment }, { engine }) {
      engine.metadata.unregisterTaskDef(segment('tasktype'));
      return emptyAnswer();
    },
  },
  {
    method: 'GET',
    path: '/api/metadata/workflow',
    operation: 'metadata.getWorkflowDefs',
    handle: (_, { engine }) => jsonAnswer(engine.metadata.getWorkflowDefs()),
  },
  {
    method: 'POST',
    path: '/api/metadata/workflow',
    operation: 'metadata.registerWorkflowDef',
    body: 'object',
    handle({ body, query }, { engine }) {
      engine.metadata.createWorkflowDef(body, { overwrite: query.flag('overwrite', false) });
      return emptyAnswer();
    },
  },
  {
    method: 'PUT',
    path: '/api/metadata/workflow',
    operation: 'metadata.updateWorkflowDefs',
    body: 'array',
    handle: ({ body }, { engine }) => jsonAnswer(engine.metadata.updateWorkflowDefs(body)),
  },
  {
    method: 'POST',
    path: '/api/metadata/workflow/validate',
    operation: 'metadata.validateWorkflowDef',
    body: 'object',
    handle({ body }, { engine }) {
      engine.metadata.validateWorkflowDef(body);
      return emptyAnswer();
    },
  },
  {
    method: 'GET',
    path: '/api/metadata/workflow/latest-versions',
    operation: 'metadata.getLatestWorkflowDefs',
    handle: (_, { engine }) => jsonAnswer(engine.metadata.getLatestVersions()),
  },
  {
    method: 'GET',
    path: '/api/metadata/workflow/names',
    operation: 'metadata.getWorkflowNames',
    handle: (_, { engine }) => jsonAnswer(engine.metadata.getNames()),
  },
  {
    method: 'GET',
    path: '/api/metadata/workflow/names-and-versions',
    operation: 'metadata.getWorkflowNamesAndVersions',
    handle: (_, { engine }) => jsonAnswer(engine.metadata.getNamesAndVersions()),
  },
  {
    method: 'GET',
    path: '/api/metadata/workflow/{name}',
    operation: 'metadata.getWorkflowDef',
    handle: ({ segment, query }, { engine }) =>
      jsonAnswer(engine.metadata.getWorkflowDef(segment('name'), query.integer('version'))),
  },
  {
    method: 'GET',
    path: '/api/metadata/workflow/{name}/versions',
    operation: 'metadata.getWorkflowVersions',
    handle: ({ segment }, { engine }) => jsonAnswer(engine.metadata.getVersions(segment('name'))),
  },
  {
    method: 'DELETE',
    path: '/api/metadata/workflow/{name}/{version}',
    operation: 'metadata.unregisterWorkflowDef',
    handle({ segment }, { engine }) {
      engine.metadata.unregisterWorkflowDef(segment('name'), parseInteger('version', segment('version')));
      return emptyAnswer();
    },
  },
];
