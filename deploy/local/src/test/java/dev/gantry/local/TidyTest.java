package dev.gantry.local;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
