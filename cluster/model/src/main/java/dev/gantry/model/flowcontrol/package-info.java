/**
 * The FlowSchemas and PriorityLevelConfigurations of every cluster: nothing in, objects out; and
 * how a stored one is brought up to its newer form.
 *
 * <p>The state service refuses other specs of the mandatory ones, and the gateway acts by all of
 * them until it has read what is stored. Pure; knows nothing of requests.
 */
@NullMarked
package dev.gantry.model.flowcontrol;

import org.jspecify.annotations.NullMarked;
