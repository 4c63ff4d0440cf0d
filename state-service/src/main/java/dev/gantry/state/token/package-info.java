/**
 * Service account tokens: what one says, and whether it may be made.
 *
 * <p>A request, the account and what it is bound to in; claims or a refusal out. Keys and signing
 * are in the shell.
 */
@NullMarked
package dev.gantry.state.token;

import org.jspecify.annotations.NullMarked;
