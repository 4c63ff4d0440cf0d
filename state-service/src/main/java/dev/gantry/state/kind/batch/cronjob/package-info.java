/** CronJobs: Jobs that come again and again. */
@NullMarked
package dev.gantry.state.kind.batch.cronjob;

import org.jspecify.annotations.NullMarked;
