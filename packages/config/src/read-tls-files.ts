import { addProblem, type Findings } from './findings.ts';
import { isFault } from './parsed.ts';
import type { Picked, PickedSettings } from './pick-setting.ts';
import { decodePem, readPemFile, type PemRole } from './read-pem-file.ts';
import { settingOf, type SettingField } from './settings.ts';

/** Contents of the PEM files. */
export interface PemContents {
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly ca: string | undefined;
}

/** Reads the files of certificate, key and authorities, and checks that the first two belong together. */
export function readTlsFiles({ tlsCertPath, tlsKeyPath, tlsCaPath }: PickedSettings, findings: Findings): PemContents {
  requirePartner(tlsCertPath, tlsKeyPath, 'tlsKeyPath', findings);
  requirePartner(tlsKeyPath, tlsCertPath, 'tlsCertPath', findings);
  const cert = readPem(tlsCertPath, 'certificate', findings);
  const key = readPem(tlsKeyPath, 'private key', findings);
  if (cert !== undefined && key !== undefined && !belongTogether(cert, key)) {
    addProblem(findings, tlsKeyPath.name, {
      trouble: `the private key does not belong to the certificate of ${tlsCertPath.name}`,
      advice: 'Give the key of the certificate; in a bundle its own certificate comes first.',
    });
  }
  return { cert, key, ca: readPem(tlsCaPath, 'certificate', findings) };
}

function requirePartner(one: Picked, other: Picked, partner: SettingField, findings: Findings): void {
  const isTold = findings.problems.some(({ setting }) => setting === other.name);
  if (one.value === undefined || other.value !== undefined || isTold) return;
  const { field, variable } = settingOf(partner);
  addProblem(findings, one.name, { trouble: `it is set without ${field}`, advice: `Set ${field} (${variable}) too.` });
}

function readPem({ value, name }: Picked, role: PemRole, findings: Findings): string | undefined {
  if (typeof value !== 'string') return undefined;
  const pem = readPemFile(value, role);
  if (!isFault(pem)) return pem.value;
  addProblem(findings, name, pem);
  return undefined;
}

function belongTogether(cert: string, key: string): boolean {
  const certificate = decodePem(cert, 'certificate');
  const privateKey = decodePem(key, 'private key');
  if (certificate === undefined || privateKey === undefined) return true; // no crypto here: the handshake will tell
  return certificate.checkPrivateKey(privateKey);
}
