/** The cluster's certificate authority: its key, read from files, and what is done with it. */
@NullMarked
package dev.gantry.controller.shell.signing;

import org.jspecify.annotations.NullMarked;
