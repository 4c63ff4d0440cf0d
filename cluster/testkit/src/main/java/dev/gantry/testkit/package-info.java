/**
 * What tests of all modules share: the rules of architecture and tidiness, seeds, real brokers and
 * databases, and patience.
 *
 * <p>A module obeys the rules by two empty test classes that implement {@link
 * dev.gantry.testkit.ArchitectureRules} and {@link dev.gantry.testkit.TidyRules}. No module can
 * loosen them.
 */
@NullMarked
package dev.gantry.testkit;

import org.jspecify.annotations.NullMarked;
