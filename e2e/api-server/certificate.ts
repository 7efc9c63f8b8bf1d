import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A key with its certificate, PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateWanted {
  readonly commonName: string;
  /** Organisation; Kubernetes takes it for a group. */
  readonly organization?: string;
  /** Issued by this one; without it the certificate signs itself and may sign others. */
  readonly issuer?: Identity & { readonly commonName: string };
  readonly serverNames?: { readonly dns: readonly string[]; readonly ip: readonly string[] };
}

/**
 * An X.509 certificate made on the spot, since node:crypto can read them but not write them and openssl is not everywhere.
 * P-256, SHA-256, RFC 5280 with the few extensions that TLS stacks insist on. For tests only.
 */
export function makeCertificate(wanted: CertificateWanted): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { commonName, organization, issuer, serverNames } = wanted;
  const subject = name(commonName, organization);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    ECDSA_SHA256,
    issuer === undefined ? subject : name(issuer.commonName, undefined),
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions(issuer === undefined, serverNames))),
  );
  const signer: KeyObject = issuer === undefined ? privateKey : createPrivateKey(issuer.key);
  const certificate = sequence(body, ECDSA_SHA256, bitString(sign('sha256', body, signer)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

function extensions(authority: boolean, serverNames: CertificateWanted['serverNames']): Buffer[] {
  const list = [extension('551d13', sequence(...(authority ? [Buffer.from([0x01, 0x01, 0xff])] : [])))];
  if (serverNames !== undefined) {
    const dns = serverNames.dns.map((host) => tagged(0x82, Buffer.from(host)));
    const ip = serverNames.ip.map((address) => tagged(0x87, Buffer.from(address.split('.').map(Number))));
    list.push(extension('551d11', sequence(...dns, ...ip)));
  }
  return list;
}

function extension(oid: string, value: Buffer): Buffer {
  return sequence(tagged(0x06, Buffer.from(oid, 'hex')), tagged(0x04, value));
}

function name(commonName: string, organization: string | undefined): Buffer {
  const part = (oid: string, value: string): Buffer =>
    tagged(0x31, sequence(tagged(0x06, Buffer.from(oid, 'hex')), tagged(0x0c, Buffer.from(value))));
  return sequence(...(organization === undefined ? [] : [part('55040a', organization)]), part('550403', commonName));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function tagged(tag: number, ...content: Buffer[]): Buffer {
  const value = Buffer.concat(content);
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function sequence(...content: Buffer[]): Buffer {
  return tagged(0x30, ...content);
}

function integer(value: Buffer): Buffer {
  return tagged(0x02, value);
}

function utcTime(value: string): Buffer {
  return tagged(0x17, Buffer.from(value));
}

function bitString(value: Buffer): Buffer {
  return tagged(0x03, Buffer.from([0]), value);
}

const ECDSA_SHA256 = sequence(tagged(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
