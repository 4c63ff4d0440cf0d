package dev.gantry.scheduler;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
