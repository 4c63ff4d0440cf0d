/**
 * Keeps the status of ResourceQuotas: quotas and the objects of their namespace in, what is allowed
 * and what is taken out.
 *
 * <p>Refuses nothing: that is done where objects are created.
 */
@NullMarked
package dev.gantry.controller.policy.resourcequota;

import org.jspecify.annotations.NullMarked;
