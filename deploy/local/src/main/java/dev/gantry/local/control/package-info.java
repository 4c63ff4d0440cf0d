/** The mains of the JVMs that this launcher starts. */
@NullMarked
package dev.gantry.local.control;

import org.jspecify.annotations.NullMarked;
