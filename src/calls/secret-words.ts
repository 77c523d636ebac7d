/** Words that make a name secret, alone or as a neighbouring pair. */
const SECRET_WORDS = new Set(
  (
    'password passwd passphrase passcode pwd secret secrets token tokens jwt bearer authorization ' +
    'auth authentication cookie cookies credential credentials csrf xsrf otp totp cvv cvc cvv2 pan ssn iban ' +
    'signature sig session sessionid sid apikey accesskey secretkey privatekey signingkey ' +
    'encryptionkey accountkey sharedaccesskey masterkey connectionstring clientsecret cardnumber accountnumber routingnumber pin pincode nonce salt hmac'
  ).split(' '),
);

/**
 * Whether a field, parameter or header of this name holds a secret: by its words, whatever their
 * case and joints (`X-Api-Key`, `cardNumber`, `user_password`).
 */
export function isSecretName(name: string): boolean {
  const words = name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some(
    (word, i) => SECRET_WORDS.has(word) || SECRET_WORDS.has(word + (words[i + 1] ?? '')),
  );
}
