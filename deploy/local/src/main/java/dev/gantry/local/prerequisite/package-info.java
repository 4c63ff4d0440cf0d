/**
 * What a machine must have before a cluster can run on it, and how it gets it.
 *
 * <p>A root folder and a search path in → what is missing there, in words, and the Debian packages
 * that bring it.
 *
 * <p>Invariant: a need is met by the exact files it names, or by programs found where those who
 * start them look; never by a namesake elsewhere.
 *
 * <p>Invariant: nothing here needs more than the JDK, since the {@code gantry} script runs it from
 * source, while Maven still builds the rest.
 */
@NullMarked
package dev.gantry.local.prerequisite;

import org.jspecify.annotations.NullMarked;
