/**
 * What could not be read: data that travels to the screen with every answer that it could change.
 * A gap is no exception; whoever meets it says what, where, why and what to do.
 */
export interface Gap {
  /** Stable: the same gap of the same world has the same id. */
  readonly id: string;
  readonly source: 'snapshot' | 'kubernetes' | 'aws' | 'gcp' | 'azure';
  /** What is missing, in the field's words: `secrets`, `pods`, `iam roles of account 1111`. */
  readonly what: string;
  /** The namespace, account or file that it is limited to; undefined: everywhere. */
  readonly where?: string;
  /** Names of the resources that are incomplete (`secrets`), for whoever has to know whether absence means anything. */
  readonly resources?: readonly string[];
  /** The namespaces that it is limited to, or all but which it holds for; neither: everywhere. */
  readonly namespaces?: readonly string[];
  readonly exceptNamespaces?: readonly string[];
  /** What happened, as a sentence. */
  readonly why: string;
  /** What to do, as an instruction. */
  readonly remedy: string;
  /** The same ready for a shell, a command a line, where it is one; never with a name out of a file, which is whoever's. */
  readonly command?: string;
  /** The exact missing right: `list secrets` or `iam:GetAccountAuthorizationDetails`. */
  readonly permission?: string;
  /** Where in a file: 1-based line and column, 0-based byte offset, JSON pointer, as far as known. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
  readonly pointer?: string;
}
