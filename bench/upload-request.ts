/** Bytes that begin as a PDF does: enough for what takes files in; no worker is to read them. */
export function pdfOfSize(bytes: number): Buffer {
  const file = Buffer.alloc(bytes, ' ');
  file.write('%PDF-1.7\n');
  return file;
}

/** A whole request that uploads one file. */
export function uploadRequest(server: string, file: Buffer): Buffer {
  const { host } = new URL(server);
  const boundary = 'docmill-bench-boundary';
  const disposition = 'content-disposition: form-data; name="files"; filename="bench.pdf"';
  const start = `--${boundary}\r\n${disposition}\r\ncontent-type: application/pdf\r\n\r\n`;
  const end = `\r\n--${boundary}--\r\n`;
  const type = `content-type: multipart/form-data; boundary=${boundary}`;
  const length = start.length + file.length + end.length;
  const head = `POST /v1/documents HTTP/1.1\r\nhost: ${host}\r\n${type}\r\ncontent-length: ${length}`;
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n${start}`), file, Buffer.from(end)]);
}
