/** The store cannot be opened. The message names the file and says what to do; it is for people. */
export class StoreError extends Error {
  readonly file: string;

  constructor(file: string, problem: string, remedy: string, options?: ErrorOptions) {
    super(`${file}: ${problem} ${remedy}`, options);
    this.name = 'StoreError';
    this.file = file;
  }
}
