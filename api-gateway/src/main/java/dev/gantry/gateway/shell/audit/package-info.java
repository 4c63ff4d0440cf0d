/**
 * Takes audit events to where the operator wants them: a file that is rotated, a webhook, a topic
 * of Kafka. Each has a thread and a buffer of its own.
 *
 * <p>Never holds a request up: when one of them is slower than the requests, its events are
 * dropped, counted in {@code /metrics} and logged.
 */
@NullMarked
package dev.gantry.gateway.shell.audit;

import org.jspecify.annotations.NullMarked;
