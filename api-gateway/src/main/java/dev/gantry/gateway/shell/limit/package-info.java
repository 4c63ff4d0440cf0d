/**
 * Keeps the gateway from taking on more than it can do beside requests at once ({@code
 * shell.flowcontrol}): connections, memory, deadlines, clients that take nothing.
 *
 * <p>How much each may have is the core's decision; waiting is done here.
 */
@NullMarked
package dev.gantry.gateway.shell.limit;

import org.jspecify.annotations.NullMarked;
