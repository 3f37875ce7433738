import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, openEnvelope } from '../../src/kubernetes-api/protobuf/decode.ts';
import { ProtobufError, readFields } from '../../src/kubernetes-api/protobuf/wire-format.ts';
import { ask, bodyOf, testSandbox } from './lab.ts';

type Part = readonly [number: number, value: number | string | Buffer | readonly Part[]];

/** The bytes of a message (protobuf.dev, Encoding): numbers as varints, all else by its length. */
function message(...parts: readonly Part[]): Buffer {
  return Buffer.concat(
    parts.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)]);
      const bytes = Array.isArray(value) ? message(...value) : Buffer.from(value as string);
      return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

const envelope = (apiVersion: string, kind: string, raw: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    message([1, message([1, apiVersion], [2, kind])], [2, raw]),
  ]);

describe('a protobuf body', () => {
  it('becomes the JSON that stands for it', () => {
    const raw = message(
      [
        1,
        [
          [1, 'web'],
          [
            11,
            [
              [1, 'a'],
              [2, 'b'],
            ],
          ],
          [
            11,
            [
              [1, '__proto__'],
              [2, 'c'],
            ],
          ],
          [8, []],
        ],
      ],
      [
        2,
        [
          [
            1,
            [
              [1, 'http'],
              [3, 80],
              [
                4,
                [
                  [1, 1],
                  [3, 'named'],
                ],
              ],
            ],
          ],
          [
            1,
            [
              [3, 81],
              [
                4,
                [
                  [1, 0],
                  [2, 8081],
                ],
              ],
              [5, 30001],
            ],
          ],
          [
            2,
            [
              [1, 'app'],
              [2, 'web'],
            ],
          ],
          [4, 'NodePort'],
        ],
      ],
    );
    expect(decodeMessage('core/v1.Service', raw)).toEqual({
      metadata: {
        name: 'web',
        labels: JSON.parse('{"a":"b","__proto__":"c"}'),
        creationTimestamp: null,
      },
      spec: {
        ports: [
          { name: 'http', port: 80, targetPort: 'named' },
          { port: 81, targetPort: 8081, nodePort: 30001 },
        ],
        selector: { app: 'web' },
        type: 'NodePort',
      },
    });
  });

  it('finds fields of embedded messages beside their own', () => {
    const probe = message(
      [
        1,
        [
          [
            2,
            [
              [1, '/ok'],
              [
                2,
                [
                  [1, 0],
                  [2, 80],
                ],
              ],
            ],
          ],
        ],
      ],
      [2, 5],
      [3, 7],
    );
    expect(decodeMessage('core/v1.Probe', probe)).toEqual({
      httpGet: { path: '/ok', port: 80 },
      initialDelaySeconds: 5,
      timeoutSeconds: 7,
    });
    const volume = message([1, 'v'], [2, [[19, [[1, [[1, 'cm']]]]]]]);
    expect(decodeMessage('core/v1.Volume', volume)).toEqual({
      name: 'v',
      configMap: { name: 'cm' },
    });
    const rule = message([1, 'a.example'], [2, [[1, [[1, [[1, '/']]]]]]]);
    expect(decodeMessage('networking/v1.IngressRule', rule)).toEqual({
      host: 'a.example',
      http: { paths: [{ path: '/' }] },
    });
  });

  it('reads bytes, quantities, times and negative numbers', () => {
    const secret = message([
      2,
      [
        [1, 'k'],
        [2, Buffer.from([0, 255])],
      ],
    ]);
    expect(decodeMessage('core/v1.Secret', secret)).toEqual({ data: { k: 'AP8=' } });
    const event = message(
      [6, [[1, 1_700_000_000]]],
      [8, -3],
      [
        10,
        [
          [1, 1],
          [2, 5000],
        ],
      ],
    );
    expect(decodeMessage('core/v1.Event', event)).toEqual({
      firstTimestamp: '2023-11-14T22:13:20Z',
      count: -3,
      eventTime: '1970-01-01T00:00:01.000005Z',
    });
    const needs = message([
      2,
      [
        [1, 'cpu'],
        [2, [[1, '250m']]],
      ],
    ]);
    expect(decodeMessage('core/v1.ResourceRequirements', needs)).toEqual({
      requests: { cpu: '250m' },
    });
  });

  it('creates an object as JSON does', () => {
    const { sandbox } = testSandbox();
    const raw = message(
      [1, [[1, 'cm']]],
      [
        2,
        [
          [1, 'a'],
          [2, '1'],
        ],
      ],
    );
    const answer = ask(sandbox, {
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps',
      headers: { 'content-type': 'application/vnd.kubernetes.protobuf' },
      body: envelope('v1', 'ConfigMap', raw),
    });
    expect(answer.code).toBe(201);
    expect(bodyOf(answer)).toMatchObject({ metadata: { name: 'cm' }, data: { a: '1' } });
  });

  it('is refused when it is none, and never throws anything else', () => {
    const { sandbox } = testSandbox();
    const put = (body: Buffer) =>
      ask(sandbox, {
        method: 'POST',
        path: '/api/v1/namespaces/default/pods',
        headers: { 'content-type': 'application/vnd.kubernetes.protobuf' },
        body,
      }).code;
    expect(put(Buffer.from('nope'))).toBe(400);
    expect(put(envelope('v1', 'Pod', Buffer.from([0xff])))).toBe(400);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const code = put(envelope('v1', 'Pod', Buffer.from(bytes)));
        expect([201, 400, 422]).toContain(code);
        try {
          readFields(bytes);
          openEnvelope(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtobufError);
        }
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});
