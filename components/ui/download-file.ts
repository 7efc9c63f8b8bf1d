/** Hands a text to the browser as a file. Characters that file systems refuse are replaced in the name. */
export function downloadFile(
  name: string,
  type: 'text/csv' | 'application/json' | 'application/yaml' | 'text/markdown' | 'image/svg+xml',
  content: string,
): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  saveAs(name, url);
  URL.revokeObjectURL(url);
}

/** The same for something that already has an address, such as a picture. */
export function saveAs(name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(name);
  link.click();
}

/** A name that every file system takes: at most 120 characters, no separators, no control characters. */
export function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120);
}
