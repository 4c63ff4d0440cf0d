package dev.gantry.bench;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
