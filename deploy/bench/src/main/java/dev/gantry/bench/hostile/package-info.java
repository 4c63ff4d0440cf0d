/**
 * {@code bench hostile}: what honest clients notice while somebody means harm, and whether the
 * server's memory comes back.
 *
 * <p>Everything is bounded, in count and in time: the hostile clients are as many as one person can
 * have, not as many as the machine can bear. They share its cores with the server, so each kind is
 * held to a pace. On loopback they come from an address of their own, as they would in life.
 */
@NullMarked
package dev.gantry.bench.hostile;

import org.jspecify.annotations.NullMarked;
