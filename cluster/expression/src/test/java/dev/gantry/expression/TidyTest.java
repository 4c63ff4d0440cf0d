package dev.gantry.expression;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
