// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ScannedCode, scanned } from '../src/catalogue/codes.ts';

const VECTORS = join(
  import.meta.dirname,
  '../../../../../product-service/src/test/resources/code-vectors.json',
);

interface Vector extends ScannedCode {
  about: string;
  code: string;
  patterns?: string[];
}

describe('a scanned code is read as the server reads it', () => {
  it.each(JSON.parse(readFileSync(VECTORS, 'utf8')) as Vector[])('$about: $code', vector => {
    const { about: _, code, patterns, ...read } = vector;
    expect(scanned(code, patterns)).toEqual(read);
  });
});
