/**
 * Configuration files as trees, read when the gateway starts and whenever their text changes.
 *
 * <p>What they mean is the core's matter.
 */
@NullMarked
package dev.gantry.gateway.shell.configuration;

import org.jspecify.annotations.NullMarked;
