package dev.gantry.cli;

import dev.gantry.testkit.ArchitectureRules;

final class ArchitectureTest implements ArchitectureRules {}
