/**
 * The life of the controllers: configuration and wiring.
 *
 * <p>What they decide is in the packages beside this one, how it is performed in the cluster
 * client.
 */
@NullMarked
package dev.gantry.controller.shell;

import org.jspecify.annotations.NullMarked;
