package dev.gantry.state;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
