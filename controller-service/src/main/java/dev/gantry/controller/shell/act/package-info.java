/**
 * Plans into writes at the API, with a limit on how many at once, and what is to be seen
 * afterwards.
 */
@NullMarked
package dev.gantry.controller.shell.act;

import org.jspecify.annotations.NullMarked;
