/**
 * What a request asks for, judged before anything is looked up or written.
 *
 * <p>In: the parsed call, the catalogue, what is stored. Out: plans (what to read, what to write,
 * what to answer) as values, or a refusal. Deliberately absent: waiting, retrying and encoding,
 * which are in {@code dev.gantry.state.shell.api}.
 */
@NullMarked
package dev.gantry.state.request;

import org.jspecify.annotations.NullMarked;
