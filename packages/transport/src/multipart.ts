interface BlobLike {
  readonly type: string;
  readonly name?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** multipart/form-data (RFC 7578) of any copy's FormData, as browsers write it. */
export async function encodeMultipart(
  form: Iterable<readonly [string, string | BlobLike]>,
): Promise<{ readonly bytes: Buffer; readonly contentType: string }> {
  const boundary = `----form-${process.getBuiltinModule('node:crypto').randomUUID()}`;
  const parts: Buffer[] = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(lineEnds(name))}"`;
    if (typeof value === 'string') {
      parts.push(Buffer.from(`${head}\r\n\r\n${lineEnds(value)}\r\n`));
    } else {
      const type = /^[\x20-\x7e]+$/.test(value.type) ? value.type : 'application/octet-stream';
      parts.push(
        Buffer.from(`${head}; filename="${quoted(value.name ?? 'blob')}"\r\ncontent-type: ${type}\r\n\r\n`),
        Buffer.from(await value.arrayBuffer()),
        Buffer.from('\r\n'),
      );
    }
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(parts), contentType: `multipart/form-data; boundary=${boundary}` };
}

/** A quote or a line end in a name would end it early. */
function quoted(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}

function lineEnds(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}
