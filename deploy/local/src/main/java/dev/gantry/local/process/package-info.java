/** Processes kept alive, and commands run to their end. */
@NullMarked
package dev.gantry.local.process;

import org.jspecify.annotations.NullMarked;
