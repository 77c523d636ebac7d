const TRANSACTION = /^(?:BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|MULTI|EXEC|DISCARD)\b/;

/** What makes statements one: neither writes, nor is put in the place of another. */
export function isTransaction(method: string): boolean {
  return TRANSACTION.test(method);
}
