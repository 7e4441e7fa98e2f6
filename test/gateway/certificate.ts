// X.509 certificates made on the spot with nothing but node:crypto, so that no private key lies in the repository.
// The DER rules are those of X.690, the structure that of RFC 5280.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface CertificateOptions {
  readonly host: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export function createSelfSigned(options: CertificateOptions): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = certificateBody(options, publicKey);
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

function certificateBody({ host, notBefore, notAfter }: CertificateOptions, publicKey: KeyObject): Buffer {
  const version = tagged(0xa0, integer(2));
  const name = sequence(tagged(0x31, sequence(objectId(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from(host)))));
  const validity = sequence(time(notBefore), time(notAfter));
  const alternativeName = sequence(objectId(0x55, 0x1d, 0x11), tagged(0x04, sequence(hostName(host))));
  const extensions = tagged(0xa3, sequence(alternativeName));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return sequence(version, integer(1), ecdsaWithSha256, name, validity, name, key, extensions);
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? Buffer.of(length) : length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([Buffer.of(tag), size, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.of(value));
}

function objectId(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

const ecdsaWithSha256 = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** GeneralizedTime: four digits of the year. */
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
}

function hostName(host: string): Buffer {
  const address = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  return address === null ? tagged(0x82, Buffer.from(host)) : tagged(0x87, Buffer.from(address.slice(1).map(Number)));
}

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}
