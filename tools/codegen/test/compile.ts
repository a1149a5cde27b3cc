import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const repository = resolve(import.meta.dirname, '../../..');
const { config } = ts.readConfigFile(resolve(repository, 'tsconfig.base.json'), (path) => readFileSync(path, 'utf8'));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repository);

/** Type-checks files that exist in memory only, under the repository's own settings; gives the messages. */
export function compile(files: ReadonlyMap<string, string>): readonly string[] {
  const root = resolve(repository, 'packages/client/src/memory');
  const texts = new Map([...files].map(([name, text]) => [resolve(root, name), text]));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    directoryExists: () => true,
    getSourceFile: (path, version, ...rest) => {
      const text = texts.get(path);
      return text === undefined ? disk.getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
    },
  };
  const program = ts.createProgram([...texts.keys()], { ...options, types: [] }, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const name = file?.fileName.slice(root.length + 1) ?? '';
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    return `${name}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** What the generated files import from the client's runtime, in its smallest form. */
export const RUNTIME: ReadonlyMap<string, string> = new Map([
  [
    'runtime/operation.ts',
    `export type Replay = 'safe' | 'unsafe' | 'keyed';
     export interface Operation {
       readonly name: string; readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'; readonly path: readonly string[];
       readonly pathParams: readonly string[]; readonly queryParams: readonly string[]; readonly queryMaps?: readonly string[]; readonly headerParams: readonly string[];
       readonly body: 'json' | 'list' | 'any' | 'text' | 'binary' | undefined; readonly bodyRequired?: boolean; readonly bodySentWhenAbsent?: boolean; readonly requiredParams?: readonly string[]; readonly replay: Replay;
       readonly replayWhen?: readonly { readonly param: string; readonly is: unknown; readonly replay: Replay }[];
       readonly idempotencyKey?: 'header' | 'body'; readonly server: 'oss' | 'orkes' | 'both';
       readonly response: 'json' | 'text' | 'void' | 'binary'; readonly empty?: 'nothing' | 'list';
       readonly wait?: { readonly param: string; readonly unit: 'ms' | 's'; readonly defaultValue?: number };
     }`,
  ],
  [
    'runtime/caller.ts',
    `import type { Operation } from './operation.ts';
     export interface CallOptions { readonly timeoutMs?: number | undefined }
     export interface Caller { execute<T>(operation: Operation, params: object | undefined, options?: CallOptions): Promise<T> }`,
  ],
  [
    'runtime/define-operation.ts',
    `import type { Operation, Replay } from './operation.ts';
     export declare function defineOperation(name: string, method: Operation['method'], path: string, replay: Replay, server: Operation['server'], response: Operation['response'], details?: Partial<Operation>): Operation;`,
  ],
  [
    'runtime/operation-function.ts',
    `import type { Caller, CallOptions } from './caller.ts';
     import type { Operation } from './operation.ts';
     export type Method<Params, Data> = (params: Params, options?: CallOptions) => Promise<Data>;
     export type LooseMethod<Params, Data> = (params?: Params, options?: CallOptions) => Promise<Data>;
     export type BareMethod<Data> = (options?: CallOptions) => Promise<Data>;
     export type OperationFunction<Params, Data> = (client: Caller, params: Params, options?: CallOptions) => Promise<Data>;
     export type LooseOperationFunction<Params, Data> = (client: Caller, params?: Params, options?: CallOptions) => Promise<Data>;
     export type BareOperationFunction<Data> = (client: Caller, options?: CallOptions) => Promise<Data>;
     export declare function operationFunction(operation: Operation): (client: Caller, params?: unknown, options?: unknown) => Promise<never>;`,
  ],
]);

/** Generated files and the runtime, as they stand beside each other in the client. */
export function beside(generated: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...RUNTIME, ...[...generated].map(([name, text]) => [`generated/${name}`, text] as const)]);
}
