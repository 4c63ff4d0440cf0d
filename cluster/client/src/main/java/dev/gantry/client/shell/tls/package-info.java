/**
 * Certificates and keys: from PEM, into what TLS wants, and whose they are.
 *
 * <p>Bytes in, objects of the JDK out. Reads no files.
 */
@NullMarked
package dev.gantry.client.shell.tls;

import org.jspecify.annotations.NullMarked;
