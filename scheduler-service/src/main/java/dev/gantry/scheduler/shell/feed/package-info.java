/** Change feed and refused bindings in, happenings out. */
@NullMarked
package dev.gantry.scheduler.shell.feed;

import org.jspecify.annotations.NullMarked;
