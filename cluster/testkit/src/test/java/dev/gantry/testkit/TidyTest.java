package dev.gantry.testkit;

final class TidyTest implements TidyRules {}
