/**
 * Certificates and keys from files, and what a client's certificate proves.
 *
 * <p>No plain-text listener is ever made.
 */
@NullMarked
package dev.gantry.gateway.shell.tls;

import org.jspecify.annotations.NullMarked;
