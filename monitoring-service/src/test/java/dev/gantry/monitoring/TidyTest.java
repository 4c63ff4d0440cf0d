package dev.gantry.monitoring;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
