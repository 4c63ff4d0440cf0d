/**
 * Encryption at rest: objects sealed and opened, by keys of a file, of a configuration, or of a KMS
 * plugin that is asked over its socket.
 *
 * <p>Bytes in, bytes out; where they are kept is not known here. Invariant: sealing waits for
 * nobody, so that a plugin that is slow or away holds no commit up.
 */
@NullMarked
package dev.gantry.state.shell.encryption;

import org.jspecify.annotations.NullMarked;
