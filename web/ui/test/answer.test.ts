import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MalformedError } from '@safeconduct/core';
import { afterEach, describe, expect, test } from 'vitest';
import { jsonOf, octetsOf } from '../src/answer.ts';
import { ask, fetchFile } from '../src/office.ts';

const MOST = 100_000;
const PIECE = Buffer.alloc(10_000, ' ');

let server: Server;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});

describe('an answer', () => {
  test('that never ends is refused as soon as it is too long, and its connection is closed', async () => {
    const left: Promise<unknown>[] = [];
    const address = await serve((_, response) => {
      const goOn = (): void => { while (!response.destroyed && response.write(PIECE)); };
      response.on('drain', goOn);
      left.push(once(response, 'close'));
      goOn();
    });
    await expect(fetchFile(address, '/register/checkpoint', MOST)).rejects.toThrow(MalformedError);
    await expect(jsonOf(await ask(address, '/token', { method: 'POST' }), MOST)).rejects.toThrow(MalformedError);
    expect((await Promise.all(left)).length).toBe(2);
  });

  test('of exactly the length it may have is read whole', async () => {
    const address = await serve((_, response) => {
      for (let sent = 0; sent < MOST; sent += PIECE.length) response.write(PIECE);
      response.end();
    });
    expect(await fetchFile(address, '/', MOST)).toEqual(new Uint8Array(MOST).fill(0x20));
    await expect(fetchFile(address, '/', MOST - 1)).rejects.toThrow(MalformedError);
  });

  test('that breaks off counts as none', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":', () => response.destroy());
    });
    await expect(octetsOf(await ask(address, '/'), MOST)).rejects.toMatchObject({ code: 'offline' });
  });

  test('that is JSON is read, and what is none is a fault of its own', async () => {
    const address = await serve(({ url }, response) => response.end(url === '/good' ? '{"error":"busy"}' : '<html>'));
    expect(await jsonOf(await ask(address, '/good'), MOST)).toEqual({ error: 'busy' });
    await expect(jsonOf(await ask(address, '/bad'), MOST)).rejects.toThrow(SyntaxError);
  });

  test('without a body is empty', async () => {
    const address = await serve((_, response) => response.writeHead(204).end());
    expect((await octetsOf(await ask(address, '/'), MOST)).length).toBe(0);
  });
});
