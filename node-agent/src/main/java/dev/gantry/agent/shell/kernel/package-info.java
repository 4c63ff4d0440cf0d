/**
 * System calls that Java has no words for: files reached through open descriptors, and mounts.
 *
 * <p>A path that somebody else may change while it is being used is looked up once, beneath a
 * folder that is held open, and from then on only its descriptor is used.
 *
 * <p>Deliberately only what volumes and their disk need, and no cgroups, namespaces or signals.
 */
@NullMarked
package dev.gantry.agent.shell.kernel;

import org.jspecify.annotations.NullMarked;
