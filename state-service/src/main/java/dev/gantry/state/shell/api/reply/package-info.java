/**
 * What is sent: objects, lists, tables and frames in the form that the client accepts, and refusals
 * as a {@code Status}.
 */
@NullMarked
package dev.gantry.state.shell.api.reply;

import org.jspecify.annotations.NullMarked;
