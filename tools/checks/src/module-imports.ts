import { parseSync } from 'oxc-parser';

export interface ModuleImport {
  readonly specifier: string;
  /** True for `import type` and `export type … from`: erased before run time. */
  readonly typeOnly: boolean;
}

/** Every module that a source text names: static and dynamic imports, re-exports. */
export function moduleImports(file: string, source: string): ModuleImport[] {
  const { module, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const found: ModuleImport[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest !== null) found.push({ specifier: moduleRequest.value, typeOnly: isType });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const written = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(written)?.[2];
    if (literal !== undefined) found.push({ specifier: literal, typeOnly: false });
  }
  return found;
}
