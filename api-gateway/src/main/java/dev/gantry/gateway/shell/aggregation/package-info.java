/**
 * Finds the extension server of a request and the connection to it.
 *
 * <p>The client is authenticated and authorized by then. Its credentials stay here: the server is
 * told who asks in headers, which it believes since the connection shows the front proxy's
 * certificate.
 */
@NullMarked
package dev.gantry.gateway.shell.aggregation;

import org.jspecify.annotations.NullMarked;
