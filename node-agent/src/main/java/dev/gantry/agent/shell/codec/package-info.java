/**
 * Netty's codecs for threads that block.
 *
 * <p>Bytes of a connection in, messages of its protocol out, and back. Knows nothing of what the
 * messages are for.
 */
@NullMarked
package dev.gantry.agent.shell.codec;

import org.jspecify.annotations.NullMarked;
