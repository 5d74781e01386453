import { number, object } from 'valibot';
import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { droppedThings } from '../src/platform/border.ts';
import { explain } from '../src/platform/http/explain.ts';
import { Problem, Unreachable, UnreadableAnswer } from '../src/platform/http/failure.ts';
import { request } from '../src/platform/http/request.ts';
import { FakeServer } from './server.ts';

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    failure => failure,
  );

describe('a request', () => {
  it('sends and reads JSON', async () => {
    const server = new FakeServer().on('POST /api/customers', { status: 201, body: { id: 1 } });
    const { data } = await request('/api/customers', {
      method: 'POST',
      body: { a: 'b' },
      answer: object({ id: number() }),
    });
    expect(data).toEqual({ id: 1 });
    expect(server.calls[0]).toMatchObject({
      body: { a: 'b' },
      headers: { 'content-type': 'application/json' },
    });
  });
  it('reports a refusal as the problem it is, with the time to wait', async () => {
    new FakeServer().problem('GET /api/customers', 429, 'too-many', { 'Retry-After': '30' });
    const failure = await failureOf(request('/api/customers'));
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({ status: 429, type: '/problems/too-many', retryAfter: 30 });
  });
  it('tells no internet from a refusal', async () => {
    new FakeServer().on('GET /api/customers', 'no internet');
    expect(await failureOf(request('/api/customers'))).toBeInstanceOf(Unreachable);
  });
  it.each(['<html>Welcome to this Wi-Fi</html>', '{"id":"1"}', 'null', '[]', '{'])(
    'gives no answer of another form: %s',
    async body => {
      new FakeServer().on('GET /api/customers', { body });
      const failure = await failureOf(request('/api/customers', { answer: object({ id: number() }) }));
      expect(failure).toBeInstanceOf(UnreadableAnswer);
      expect(explain(failure, en)).toBe(en.answerUnreadable);
      expect(droppedThings.get()[0]).toMatchObject({ border: 'server', what: '/api/customers' });
    },
  );
  it('survives a proxy that answers HTML', async () => {
    new FakeServer().on('GET /api/customers', { status: 502, body: '<html>Bad gateway</html>' });
    const failure = await failureOf(request('/api/customers'));
    expect(failure).toMatchObject({ status: 502 });
    expect(explain(failure, en)).toBe(en.serverDown);
  });
});
