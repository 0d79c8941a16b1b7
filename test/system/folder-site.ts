import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** A site of its own, on a port of its own: it serves the files of a folder and knows nothing of Parley. */
export class FolderSite {
  private constructor(private readonly server: Server) {}

  static async of(folder: string): Promise<FolderSite> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      readFile(join(folder, normalize(pathname))).then(
        content => response.setHeader('content-type', TYPES[extname(pathname)] ?? 'text/plain').end(content),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return new FolderSite(server);
  }

  /** As a browser names it. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }
}
