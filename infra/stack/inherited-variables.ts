import { userInfo } from 'node:os';

/** What a program needs from its surroundings: where programs, home and graphics libraries are. No setting of ours is among them. */
const NAMES = [
  'PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'XDG_CACHE_HOME', 'LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'NVIDIA_VISIBLE_DEVICES',
  'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY',
];

/** The environment of a part of the stack before addresses and credentials are added. */
export function inheritedVariables(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const inherited = Object.fromEntries(NAMES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  return { ...inherited, USER: env['USER'] ?? nameOfUser() }; // Temporal built without cgo does not start without it
}

/** In a container the user id may have no name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
    return 'digitloom';
  }
}
