const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** How this machine reaches a server of its own that listens on host and port, as http://host:port. */
export const localAddress = (host: string, port: number): string => {
  const reachable = LOOPBACK[host] ?? host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
};
