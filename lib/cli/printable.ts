/**
 * A message with what would steer a terminal (escape sequences, line breaks, changes of direction) made visible: names of files and objects
 * stand in it, and whoever chose them chooses none of that.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) as number).toString(16)}}`);
