package dev.gantry.agent;

import dev.gantry.testkit.TidyRules;

class TidyTest implements TidyRules {}
