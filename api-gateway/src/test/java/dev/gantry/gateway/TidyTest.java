package dev.gantry.gateway;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
