/**
 * Parts of {@code bench watch}: one connection writes at a steady pace, many listen, and it is
 * written down when each of them heard of each write.
 */
@NullMarked
package dev.gantry.bench.watch;

import org.jspecify.annotations.NullMarked;
