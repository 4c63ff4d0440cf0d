/**
 * What is served at one moment: definitions in, lookups out.
 *
 * <p>Invariant: a catalogue never changes. Whoever holds one sees the same resources, schemas and
 * strategies from the first byte of a request to the last of its answer. Deliberately absent: where
 * the current one is kept, which is the shell's matter.
 */
@NullMarked
package dev.gantry.state.catalog;

import org.jspecify.annotations.NullMarked;
