import { decode } from '../../api-server/decode/decode.ts';
import { DecodeError } from '../../api-server/decode/type-error.ts';
import type { Finding } from '../../finding.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { type Segment, segmentsIn } from './field-segments.ts';
import type { Manifest } from './manifest.ts';

/**
 * The one value of an object that is not of its field's type, be it by its JSON type or as a time,
 * a quantity or base64. Go's message gives no indexes, or no field at all, so the object is decoded
 * once more. Undefined when it decodes.
 */
export function typeFinding(
  message: string,
  manifest: Manifest,
  object: JsonObject,
  type: string,
): Finding | undefined {
  const path = undecodable(object, type);
  if (path === undefined) return undefined;
  const segments = segmentsIn(manifest.object, path);
  const value = valueAt(manifest.object, segments);
  const { observed, type: wanted = '' } = typeParameters(message);
  const shown = observed ?? JSON.stringify(value ?? null);
  const keyed = typeof value === 'string' && /^[A-Za-z][\w./-]*:\S/.test(value);
  const wantsObject =
    /^(map\[|\[\]|v\d\w*\.[A-Z])/.test(wanted) && !/Protocol|Type|Policy/.test(wanted);
  const slipped = keyed && wantsObject;
  return {
    code: slipped ? 'yaml-missing-space' : observed ? 'api-field-type' : 'api-field-invalid',
    severity: 'error',
    path,
    range: manifest.locate(segments).range,
    observed: typeof value === 'string' ? value : shown,
    parameters: {
      field: path,
      message,
      detail: message.replace(/^.* cannot be handled as a \w+: /s, ''),
      ...typeParameters(message),
      value: typeof value === 'object' ? shown : String(value),
      key: keyed ? value.slice(0, value.indexOf(':')) : '',
    },
  };
}

function undecodable(object: JsonObject, type: string): string | undefined {
  try {
    decode(type, object);
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error.path;
    throw error;
  }
}

/** What Go says of a value and the type it should have. */
function typeParameters(message: string): { observed?: string; type?: string } {
  const [, observed, type] =
    /cannot unmarshal (.+?) into .* of type (\S+)/.exec(message.slice(0, 1000)) ?? [];
  return observed && type ? { observed, type } : {};
}

export function valueAt(object: Json, segments: readonly Segment[]): Json | undefined {
  let at: Json | undefined = object;
  for (const segment of segments) {
    if (Array.isArray(at)) at = at[Number(segment)] as Json | undefined;
    else at = isObject(at) && Object.hasOwn(at, String(segment)) ? at[String(segment)] : undefined;
  }
  return at;
}
