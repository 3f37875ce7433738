import { parse } from 'csv-parse/sync';
import type { RosterProblem, RosterRow } from '../../gradebook/index.ts';

/** A roster read from a file, and what was wrong before its rows were looked at. */
export interface RosterFile {
  readonly rows: readonly RosterRow[];
  readonly problems: readonly RosterProblem[];
  /** Headers that mean nothing to a roster. */
  readonly ignoredColumns: readonly string[];
}

/** Headers as other systems write them, without case and punctuation. */
const headers: Readonly<Record<string, string>> = {
  externalid: 'externalId',
  id: 'externalId',
  userid: 'externalId',
  idnumber: 'externalId',
  sisuserid: 'externalId',
  name: 'name',
  fullname: 'name',
  student: 'name',
  firstname: 'firstName',
  givenname: 'firstName',
  lastname: 'lastName',
  surname: 'lastName',
  role: 'role',
  section: 'section',
  group: 'section',
  active: 'active',
  status: 'active',
};

/**
 * Reads a class list as spreadsheets and learning management systems write it (RFC 4180; a byte
 * order mark, any line ends, commas, semicolons or tabs). Rows count as the file's lines do.
 */
export function readRosterCsv(bytes: Uint8Array): RosterFile {
  const text = decoded(bytes);
  if (text === undefined) return failed(1, notUtf8);
  let records: readonly Parsed[];
  try {
    records = parse(text, {
      ...{ bom: true, info: true, trim: true, relax_column_count: true, skip_empty_lines: true },
      ...{ delimiter: delimiterOf(text), max_record_size: 100_000 },
    }) as unknown as readonly Parsed[];
  } catch (error) {
    const { lines = 1, message } = error as { lines?: number; message: string };
    return failed(lines, `cannot be read as CSV: ${message}`);
  }
  const [header, ...rest] = records;
  if (header === undefined) return failed(1, needsHeader);
  return withHeader(header.record, rest);
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const notUtf8 = 'is not UTF-8: save it as "CSV UTF-8" in the spreadsheet';
const needsHeader =
  'must be a header with a column externalId; name, role, section and active are known, too';

const failed = (row: number, detail: string): RosterFile => ({
  rows: [],
  problems: [{ row, detail }],
  ignoredColumns: [],
});

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By which sign the header is parted most often; spreadsheets take it from the language. */
function delimiterOf(text: string): string {
  const header = text.replace(/^\uFEFF?\s*/, '').split(/\r?\n|\r/, 1)[0] ?? '';
  const times = (sign: string) => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (times(sign) > times(best) ? sign : best));
}

function withHeader(header: readonly string[], records: readonly Parsed[]): RosterFile {
  const columns = header.map((title) => headers[title.toLowerCase().replace(/[^a-z]/g, '')]);
  const problems = headerProblems(header, columns);
  if (problems.length > 0) return { rows: [], problems, ignoredColumns: [] };
  const rows = records.map(({ record, info }) => ({
    row: info.lines,
    fields: fieldsOf(columns, record),
  }));
  const long = records.filter(({ record }) => record.length > header.length);
  return {
    rows,
    problems: long.map(({ record, info }) => ({
      row: info.lines,
      detail: `has ${record.length} cells, the header ${header.length}: quote texts with commas`,
    })),
    ignoredColumns: header.filter((title, index) => columns[index] === undefined && title !== ''),
  };
}

function headerProblems(
  header: readonly string[],
  columns: readonly (string | undefined)[],
): readonly RosterProblem[] {
  if (!columns.includes('externalId')) return [{ row: 1, detail: needsHeader }];
  return header.flatMap((title, index) => {
    const name = columns[index];
    const first = columns.indexOf(name);
    if (name === undefined || first === index) return [];
    const detail = `means the same as "${header[first]}": keep one of the two columns`;
    return [{ row: 1, column: title, detail }];
  });
}

function fieldsOf(columns: readonly (string | undefined)[], record: readonly string[]) {
  const cells = new Map(columns.map((name, index) => [name, record[index] ?? '']));
  const [first, last] = [cells.get('firstName') ?? '', cells.get('lastName') ?? ''];
  const name = cells.get('name') || `${first} ${last}`.trim();
  return {
    externalId: cells.get('externalId') ?? '',
    ...{ name, role: cells.get('role') ?? '' },
    ...{ section: cells.get('section') ?? '', active: cells.get('active') ?? '' },
  };
}
