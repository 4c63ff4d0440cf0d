/**
 * The port by which operators see how a service is: probes and metrics.
 *
 * <p>Says what others counted; decides and changes nothing.
 */
@NullMarked
package dev.gantry.client.shell.management;

import org.jspecify.annotations.NullMarked;
