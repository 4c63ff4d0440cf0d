/**
 * What is worth telling a person, thinned out: occurrences in, writes of Event objects out.
 *
 * <p>The same occurrence again raises a count; many similar ones become one; a source that floods
 * is cut off.
 *
 * <p>Pure: one owner, time as an argument.
 */
@NullMarked
package dev.gantry.client.event;

import org.jspecify.annotations.NullMarked;
