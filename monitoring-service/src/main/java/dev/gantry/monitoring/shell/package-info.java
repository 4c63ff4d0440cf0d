/** The life of the monitoring service: configuration and wiring. */
@NullMarked
package dev.gantry.monitoring.shell;

import org.jspecify.annotations.NullMarked;
