/** Stands in for the single page of the server's web interface, which answers every path outside the API. */
export const UI_PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Conductor UI</title></head>
  <body><div id="root">This is where a Conductor server shows its web interface. The API is under /api.</div></body>
</html>
`;

/** What the servlet container itself answers to a request that it does not pass on. */
export const containerPage = (status: number, reason: string): string => {
  const title = `HTTP Status ${status} – ${reason}`;
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
};
