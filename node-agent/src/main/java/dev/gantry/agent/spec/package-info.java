/**
 * Reads pod specs: what the agent must know of a pod, with the defaults that the API promises.
 *
 * <p>Resource in, values out. Reading is permissive: validation was the API's business.
 */
@NullMarked
package dev.gantry.agent.spec;

import org.jspecify.annotations.NullMarked;
