/**
 * How confidential objects look where values must not be seen.
 *
 * <p>Encoded objects in, masked ones out. Encrypting is the shell's matter: it needs chance.
 */
@NullMarked
package dev.gantry.state.secret;

import org.jspecify.annotations.NullMarked;
