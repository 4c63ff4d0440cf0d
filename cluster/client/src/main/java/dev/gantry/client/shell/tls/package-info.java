/**
 * Certificates and keys: from PEM, into what TLS wants, and whose they are.
 *
 * <p>Bytes or PEM files in, objects of the JDK out.
 */
@NullMarked
package dev.gantry.client.shell.tls;

import org.jspecify.annotations.NullMarked;
