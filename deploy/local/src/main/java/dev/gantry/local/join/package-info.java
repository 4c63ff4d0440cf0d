/**
 * What a cluster has, and a person is given, so that another machine can join it.
 *
 * <p>An instance in; objects of the API and a command line out. The other machine's part is {@code
 * dev.gantry.agent.join}.
 */
@NullMarked
package dev.gantry.local.join;

import org.jspecify.annotations.NullMarked;
