/**
 * Credentials for the Hub. Its command line sends the token in `X-Kubeshark-Authorization`, which
 * survives the Kubernetes API server's proxy; ingresses look at `Authorization`.
 */
export interface Credentials {
  readonly token: string | undefined;
  readonly licenseKey: string | undefined;
}

export function credentialHeaders({ token, licenseKey }: Credentials): Record<string, string> {
  if (token !== undefined) {
    return { Authorization: `Bearer ${token}`, 'X-Kubeshark-Authorization': token };
  }
  return licenseKey === undefined ? {} : { 'License-Key': licenseKey };
}
