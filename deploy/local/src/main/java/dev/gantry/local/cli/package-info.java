/** The commands of the gantry script. */
@NullMarked
package dev.gantry.local.cli;

import org.jspecify.annotations.NullMarked;
