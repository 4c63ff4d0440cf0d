/**
 * How confidential objects look where values must not be seen, and what the operator wants them
 * sealed with.
 *
 * <p>Encoded objects in, masked ones out; a configuration in, providers out. Encrypting is the
 * shell's matter: it needs chance.
 */
@NullMarked
package dev.gantry.state.secret;

import org.jspecify.annotations.NullMarked;
