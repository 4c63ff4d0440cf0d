package dev.gantry.authorization;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
