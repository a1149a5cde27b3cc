import { resolve } from 'node:path';
import { type Document, loadDocument, readSource } from '@conductor-ts/codegen';

const SOURCE = resolve(import.meta.dirname, '../../../packages/client/openapi');

/** Our OpenAPI document, as the client is generated from it. */
export function apiSource(): Document {
  return loadDocument(readSource(SOURCE));
}
