package dev.gantry.controller;

import dev.gantry.testkit.ArchitectureRules;

final class ArchitectureTest implements ArchitectureRules {}
