import { crc32, deflateRawSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** One entry of an archive that a test makes, with whatever name. */
export interface TestEntry {
  readonly name: string;
  readonly data?: string | Buffer;
  /** A symbolic link to this. */
  readonly linkTo?: string;
  /** tar only: any other type. */
  readonly type?: 'fifo' | 'character-device' | 'link' | 'directory';
  /** zip only: the size that the directory claims. */
  readonly claimedSize?: number;
}

/** A tar archive, entries in order. */
export async function tarOf(entries: readonly TestEntry[]): Promise<Buffer> {
  const packing = pack();
  for (const { name, data = '', linkTo, type } of entries) {
    if (linkTo !== undefined) packing.entry({ name, type: type === 'link' ? 'link' : 'symlink', linkname: linkTo });
    else if (type !== undefined) packing.entry({ name, type });
    else packing.entry({ name }, data as string);
  }
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A zip archive, written by hand so that it may be as wrong as a test wants it (APPNOTE.TXT 4.3). */
export function zipOf(entries: readonly TestEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data = '', linkTo, claimedSize } of entries) {
    const plain = Buffer.from(linkTo ?? data);
    const packed = deflateRawSync(plain);
    const rawName = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedSize ?? plain.length, 18);
    common.writeUInt16LE(rawName.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, rawName, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((linkTo === undefined ? 0o100644 : 0o120777) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, rawName]));
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}
