package dev.gantry.controller;

import dev.gantry.testkit.TidyRules;

final class TidyTest implements TidyRules {}
