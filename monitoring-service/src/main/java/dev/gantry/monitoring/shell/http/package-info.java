/** The HTTPS port of the metrics API, for the API server alone. */
@NullMarked
package dev.gantry.monitoring.shell.http;

import org.jspecify.annotations.NullMarked;
