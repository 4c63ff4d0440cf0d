/**
 * The node's certificates on its disk: asked for, kept, shown to others, and renewed while the
 * agent runs.
 *
 * <p>Invariant: a private key never leaves its file, which only its owner may read; key and
 * certificate are one file, replaced as a whole, so that nobody ever reads one without the other.
 *
 * <p>Compat: client-go's certificate manager, and the names of the kubelet's files.
 */
@NullMarked
package dev.gantry.agent.shell.certificate;

import org.jspecify.annotations.NullMarked;
