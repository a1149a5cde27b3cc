export { HTTP_METHODS, type Document, type OperationSource, type SchemaSource } from './document.ts';
export { loadDocument } from './load-document.ts';
export { readSource } from './read-source.ts';
