import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network that a test can cut: everything between a client and a server goes through it. */
export class BreakableNetwork {
  private readonly connections = new Set<Socket>();
  private isCut = false;
  /** How many answers from now on are lost: the request arrives, and the connection breaks. */
  answersToLose = 0;

  private constructor(
    private readonly server: Server,
    /** Undefined while there is nothing behind it. */
    private readonly target: () => string | undefined,
  ) {
    server.on('connection', near => this.join(near));
  }

  static async before(target: () => string | undefined): Promise<BreakableNetwork> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new BreakableNetwork(server, target);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const connection of this.connections) connection.destroy();
  }
  mend(): void {
    this.isCut = false;
  }
  async end(): Promise<void> {
    this.cut();
    await new Promise(resolve => this.server.close(resolve));
  }

  private join(near: Socket): void {
    const target = this.isCut ? undefined : this.target();
    if (target === undefined) return void near.destroy();
    const { port } = new URL(target);
    const far = connect(Number(port), '127.0.0.1');
    for (const one of [near, far]) {
      this.connections.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        this.connections.delete(one);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', chunk => far.write(chunk));
    far.on('data', chunk => {
      if (this.answersToLose > 0) {
        this.answersToLose -= 1;
        near.destroy();
        far.destroy();
      } else near.write(chunk);
    });
  }
}
