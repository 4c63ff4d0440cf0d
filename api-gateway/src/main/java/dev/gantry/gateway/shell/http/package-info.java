/**
 * Listening, reading requests, and writing replies.
 *
 * <p>Knows HTTP and netty; what a request may do is decided elsewhere.
 */
@NullMarked
package dev.gantry.gateway.shell.http;

import org.jspecify.annotations.NullMarked;
