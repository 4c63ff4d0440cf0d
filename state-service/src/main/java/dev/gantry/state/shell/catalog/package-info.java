/** Holds the current catalogue: the one place where it changes. */
@NullMarked
package dev.gantry.state.shell.catalog;

import org.jspecify.annotations.NullMarked;
