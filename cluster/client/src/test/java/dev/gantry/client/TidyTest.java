package dev.gantry.client;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
