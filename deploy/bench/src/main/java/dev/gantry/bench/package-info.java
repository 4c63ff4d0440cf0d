/**
 * Benchmarks of a Kubernetes API: how many requests, how soon a watcher hears, how fast pods are
 * placed and started. They run against any API server, so that two can be compared in one session.
 */
@NullMarked
package dev.gantry.bench;

import org.jspecify.annotations.NullMarked;
