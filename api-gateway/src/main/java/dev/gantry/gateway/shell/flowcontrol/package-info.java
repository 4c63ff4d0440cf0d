/**
 * Priority and fairness at work: seats are taken and given back, threads wait for theirs, and the
 * stored FlowSchemas and PriorityLevelConfigurations are followed.
 *
 * <p>Who goes first, and how many seats a level has, is the core's decision.
 */
@NullMarked
package dev.gantry.gateway.shell.flowcontrol;

import org.jspecify.annotations.NullMarked;
