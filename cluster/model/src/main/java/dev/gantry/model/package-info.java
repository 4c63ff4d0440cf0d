/**
 * The shared language of all services: values only.
 *
 * <p>Nothing here does I/O, reads a clock, or knows Spring, Kafka or SQL.
 */
@NullMarked
package dev.gantry.model;

import org.jspecify.annotations.NullMarked;
