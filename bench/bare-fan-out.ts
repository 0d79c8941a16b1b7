/**
 * What fan-out costs without Parley: a `ws` server that sends every message it receives to all who are connected, made to
 * text once. Prints its port.
 */
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const http = createServer();
const server = new WebSocketServer({ server: http });
server.on('connection', socket => {
  socket.on('message', data => {
    const message = JSON.stringify(JSON.parse((data as Buffer).toString()));
    for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(message);
  });
});
http.listen(0, '127.0.0.1', () => console.log((http.address() as { port: number }).port));
