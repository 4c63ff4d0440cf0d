/**
 * The API of the state service, without a transport: calls in, replies out.
 *
 * <p>Reads requests, asks the registry, commits what it decides, and encodes what came of it. All
 * meaning is in the core; here is who waits, who retries, and what is remembered between requests.
 */
@NullMarked
package dev.gantry.state.shell.api;

import org.jspecify.annotations.NullMarked;
