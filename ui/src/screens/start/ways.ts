/** What opens a new vault. */
export interface Ways {
  keychain: boolean;
  passphrase: boolean;
}
