/**
 * The life of a Deployment under a stop-watch: events of its pods and of itself in; out comes how
 * long after each request all of them were as the request wants them.
 *
 * <p>Time ends with the watch event that shows the last of it, so that it is what a client sees;
 * nobody polls.
 */
@NullMarked
package dev.gantry.bench.rollout;

import org.jspecify.annotations.NullMarked;
