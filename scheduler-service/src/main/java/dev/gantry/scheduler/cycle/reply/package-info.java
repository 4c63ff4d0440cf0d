/**
 * Pods with a binding in flight: those that are assumed to be on their node and those that are
 * nominated to one, until the feed shows it or the binding is rejected. What gets no reply is sent
 * again.
 */
@NullMarked
package dev.gantry.scheduler.cycle.reply;

import org.jspecify.annotations.NullMarked;
