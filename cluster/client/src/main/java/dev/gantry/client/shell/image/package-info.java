/**
 * Container images written by hand: files and a configuration in, an OCI archive out.
 *
 * <p>For the few images that a cluster without a registry needs. One layer, not compressed, no
 * timestamps, so the same files always make the same digest.
 */
@NullMarked
package dev.gantry.client.shell.image;

import org.jspecify.annotations.NullMarked;
