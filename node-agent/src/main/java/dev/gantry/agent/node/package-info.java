/**
 * The node as a whole: what it has, what it can still take, and how it describes itself.
 *
 * <p>Facts in, trees and verdicts out; reading /proc and talking to the API is the shell's
 * business.
 */
@NullMarked
package dev.gantry.agent.node;

import org.jspecify.annotations.NullMarked;
