package dev.gantry.cli;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
