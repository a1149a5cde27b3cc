import type { Transform } from 'node:stream';

/**
 * The decoders that undo a content-encoding, outermost first. `undefined`: nothing to do, or an encoding that this Node does not know; then the
 * body is given as it came, as fetch does.
 */
export function decodersFor(contentEncoding: string): Transform[] | undefined {
  const names = contentEncoding
    .toLowerCase()
    .split(',', 6)
    .map((name) => name.trim());
  const decoders: Transform[] = [];
  for (const name of names.toReversed()) {
    if (name === '' || name === 'identity') continue;
    const decoder = decoderFor(name);
    if (decoder === undefined) return undefined;
    decoders.push(decoder);
  }
  // More layers than anybody needs are an attack on the reader's memory.
  return decoders.length === 0 || names.length > 5 ? undefined : decoders;
}

function decoderFor(name: string): Transform | undefined {
  const zlib = process.getBuiltinModule('node:zlib');
  const { Z_SYNC_FLUSH } = zlib.constants;
  // A body that lacks its last bytes is given out as far as it goes by fetch, too; the length check of the transport catches truncation.
  const lenient = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
  if (name === 'gzip' || name === 'x-gzip') return zlib.createGunzip(lenient);
  // Servers send deflate both with and without the zlib header; createUnzip would not know the second kind.
  if (name === 'deflate') return zlib.createInflate(lenient);
  if (name === 'br') return zlib.createBrotliDecompress();
  if (name === 'zstd' && 'createZstdDecompress' in zlib) return zlib.createZstdDecompress();
  return undefined;
}
