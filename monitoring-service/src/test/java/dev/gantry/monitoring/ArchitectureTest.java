package dev.gantry.monitoring;

import dev.gantry.testkit.ArchitectureRules;

final class ArchitectureTest implements ArchitectureRules {}
