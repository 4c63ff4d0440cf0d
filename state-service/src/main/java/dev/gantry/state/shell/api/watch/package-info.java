/** Watches: what one begins with, what it sends from then on, and what ends it. */
@NullMarked
package dev.gantry.state.shell.api.watch;

import org.jspecify.annotations.NullMarked;
